import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Blob, type BlobStore, isMade, makeBlob, messageOf, ProveError } from '@prove/core'
import { makePrivateFolder } from '@prove/link'

/** Gives the bytes of a content in pieces, or undefined where nobody has it. */
export type Fetch = (blob: Blob) => Promise<Readable | undefined>

/** Contents that the master serves, kept by their hash, so that none is sent twice. */
export class ContentStore implements BlobStore {
  /** Texts that were made here, out of late values. */
  readonly #texts = new Map<string, Buffer>()

  constructor(private readonly folder: string) {
    makePrivateFolder(folder)
  }

  addText(text: string): Blob {
    const { sha256, size } = makeBlob(text)
    this.#texts.set(sha256, Buffer.from(text))
    return { sha256, size }
  }

  async *open({ sha256 }: Blob): AsyncGenerator<Buffer> {
    const text = this.#texts.get(sha256)
    if (text !== undefined) yield text
    else yield* createReadStream(this.#fileOf(sha256)) as AsyncIterable<Buffer>
  }

  peek({ sha256, size }: Blob, limit: number): Buffer | undefined {
    if (size > limit) return undefined
    const text = this.#texts.get(sha256)
    if (text !== undefined) return text
    return this.has(sha256) ? readFileSync(this.#fileOf(sha256)) : undefined
  }

  has(sha256: string): boolean {
    return this.#texts.has(sha256) || existsSync(this.#fileOf(sha256))
  }

  /** Whether the bytes must be got first; what is there counts as used from now on. */
  lacks(blob: Blob): boolean {
    if (isMade(blob)) return false
    if (!this.has(blob.sha256)) return true
    this.#use(blob.sha256)
    return false
  }

  /** Gets what is lacking. Throws PRV_AGENT_REQUEST when it is not to be had, or is not what its name says. */
  async need(blobs: readonly Blob[], fetch: Fetch): Promise<void> {
    for (const { sha256, size } of blobs) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as the link carries them
      if (!this.has(sha256)) await this.#fetch(sha256, size, fetch)
    }
  }

  /** Removes what nothing has used for so many days. */
  removeUnused(days: number): void {
    const limit = Date.now() - days * 24 * 3600 * 1000
    for (const name of readdirSync(this.folder)) {
      const file = join(this.folder, name)
      if (statSync(file).mtimeMs < limit) rmSync(file, { force: true })
    }
  }

  async #fetch(sha256: string, size: number, fetch: Fetch): Promise<void> {
    const pieces = await fetch({ sha256, size })
    if (pieces === undefined) throw failed(`the master does not have the content ${sha256}`)
    try {
      await this.#keep(sha256, size, pieces)
    } finally {
      // What nobody reads would hold up all that comes behind it.
      pieces.destroy()
    }
  }

  async #keep(sha256: string, size: number, pieces: Readable): Promise<void> {
    // Two runs may want the same content at the same time.
    const beside = join(this.folder, `.${sha256}.${randomBytes(4).toString('hex')}`)
    const file = await open(beside, 'wx', 0o600).catch((error: unknown) => {
      throw failed(`the content ${sha256} could not be kept: ${messageOf(error)}`)
    })
    const hash = createHash('sha256')
    let come = 0
    try {
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        come += piece.length
        if (come > size) throw failed(`the content ${sha256} is longer than the ${size} bytes that were announced`)
        hash.update(piece)
        await file.writeFile(piece)
      }
      if (hash.digest('hex') !== sha256) throw failed(`what came as the content ${sha256} is another one`)
      await file.close()
      await rename(beside, this.#fileOf(sha256))
    } catch (error) {
      await file.close().catch(() => undefined)
      await rm(beside, { force: true })
      if (error instanceof ProveError) throw error
      throw failed(`the content ${sha256} could not be kept: ${messageOf(error)}`)
    }
  }

  /** It is not the one that was unused for longest any more. */
  #use(sha256: string): void {
    if (this.#texts.has(sha256)) return
    const now = new Date()
    utimesSync(this.#fileOf(sha256), now, now)
  }

  #fileOf(sha256: string): string {
    return join(this.folder, sha256)
  }
}

const failed = (message: string): ProveError =>
  new ProveError('PRV_AGENT_REQUEST', message, { hint: 'run it again; nothing of the step was done' })
