import type { Blob, BlobStore } from '../contracts/blob.js'
import type { Facts } from '../contracts/facts.js'
import type { NumberedStep, StepBatch, StepKind } from '../contracts/step.js'
import { openBlob, peekBlob } from '../made-blob.js'
import type { Channel } from './channel.js'
import { libraryName, stepLibrary } from './step-library.js'
import { batchesOf } from './step-script.js'
import { tar, type TarFile } from './tar.js'

/** Blobs up to this many bytes travel together in one upload. */
const smallBlob = 64 * 1024

/** What a session has put into scratch: every blob and library once, under a name of its own. */
export class Uploads {
  readonly #uploaded = new Map<string, string>()
  #count = 0

  constructor(
    private readonly channel: Channel,
    private readonly kindOf: (name: string) => StepKind,
    private readonly blobs: BlobStore,
    private readonly facts: Facts,
  ) {}

  /** Sends what these steps need and the target does not have yet. */
  send(steps: readonly NumberedStep[]): void {
    this.#uploadBlobs(steps)
    this.#uploadLibraries(steps.map(({ step }) => this.kindOf(step.kind)))
  }

  archiveOf(batch: StepBatch): string | undefined {
    return this.#uploaded.get(batch.key)
  }

  pathOf(blob: Blob): string {
    const name = this.#uploaded.get(blob.sha256)
    if (name === undefined) throw new Error(`the blob ${blob.sha256} was not uploaded`)
    return name
  }

  #uploadLibraries(kinds: readonly StepKind[]): void {
    const libraries = new Map<string, string>([['lib', stepLibrary(this.facts)]])
    for (const kind of kinds) {
      if (kind.library !== undefined) libraries.set(libraryName(kind.name), kind.library(this.facts))
    }
    for (const [name, text] of libraries) {
      if (this.#uploaded.has(name)) continue
      this.#uploaded.set(name, name)
      const bytes = Buffer.from(text)
      this.channel.upload(name, bytes.length, [bytes])
    }
  }

  /** Each blob once a session; small ones share an archive. */
  #uploadBlobs(steps: readonly NumberedStep[]): void {
    for (const batch of batchesOf(steps, this.kindOf)) this.#uploadBatch(batch)
    const fresh = new Map<string, Blob>()
    for (const { step } of steps) {
      for (const blob of this.kindOf(step.kind).blobs?.(step) ?? []) {
        if (!this.#uploaded.has(blob.sha256)) fresh.set(blob.sha256, blob)
      }
    }
    const small = [...fresh.values()].flatMap((blob) => {
      const bytes = fresh.size > 1 ? peekBlob(this.blobs, blob, smallBlob) : undefined
      return bytes === undefined ? [] : [{ blob, bytes }]
    })
    if (small.length > 1) {
      const name = `a${this.#count++}`
      const files = small.map(({ bytes }, i) => ({ name: String(i), mode: 0o600, bytes }))
      const archive = tar(files)
      this.channel.upload(name, archive.length, [archive])
      for (const [i, { blob }] of small.entries()) {
        this.#uploaded.set(blob.sha256, `${name}:${i}`)
        fresh.delete(blob.sha256)
      }
    }
    for (const blob of fresh.values()) {
      const name = `u${this.#count++}`
      this.#uploaded.set(blob.sha256, name)
      this.channel.upload(name, blob.size, openBlob(this.blobs, blob))
    }
  }

  /** The files of a batch under their final names. A blob that is too large, or already there, stays out of it. */
  #uploadBatch({ key, files }: StepBatch): void {
    const contents = files.map(({ name, mode, blob }) => ({
      name,
      mode,
      bytes: peekBlob(this.blobs, blob, smallBlob),
    }))
    const known = contents.filter((file): file is TarFile => file.bytes !== undefined)
    if (known.length < files.length) return
    const name = `a${this.#count++}`
    const archive = tar(known)
    this.channel.upload(name, archive.length, [archive])
    this.#uploaded.set(key, name)
    for (const file of files) {
      if (!this.#uploaded.has(file.blob.sha256)) this.#uploaded.set(file.blob.sha256, `${name}:${file.name}`)
    }
  }
}
