import { type Blob, ProveError } from '@prove/core'
import { type Connection, lost, type MessageOf, roomIn } from '@prove/link'
import { PassThrough } from 'node:stream'

interface Awaited {
  readonly sha256: string
  readonly answer: (pieces: PassThrough | undefined) => void
  readonly fail: (error: Error) => void
}

/** Asks the master for contents over one link: one after the other, as their bytes come in that order. */
export class ContentRequests {
  readonly #asked: Awaited[] = []
  #coming: { readonly pieces: PassThrough; left: number } | undefined
  #isOver = false

  constructor(private readonly connection: Connection) {}

  readonly fetch = ({ sha256, size }: Blob): Promise<PassThrough | undefined> => {
    if (this.#isOver) return Promise.reject(lost(undefined))
    return new Promise((answer, fail) => {
      this.#asked.push({ sha256, answer, fail })
      this.connection.send({ kind: 'want', sha256, size }).catch(fail)
    })
  }

  /** What the master says of a content. Throws PRV_LINK_PROTOCOL for what nobody asked for. */
  async take(said: MessageOf<'content'> | { readonly kind: 'bytes'; readonly bytes: Buffer }): Promise<void> {
    if (said.kind === 'bytes') return this.#takeBytes(said.bytes)
    const first = this.#asked[0]
    if (first?.sha256 !== said.sha256 || this.#coming !== undefined) throw unasked()
    this.#asked.shift()
    if (said.size === undefined) return first.answer(undefined)
    const pieces = new PassThrough()
    // Whoever reads it hears of an error; it may come before anyone does.
    pieces.on('error', () => undefined)
    first.answer(pieces)
    if (said.size === 0) pieces.end()
    else this.#coming = { pieces, left: said.size }
    return undefined
  }

  /** The link is gone: nothing more will come. */
  end(): void {
    this.#isOver = true
    this.#coming?.pieces.destroy(lost(undefined))
    for (const { fail } of this.#asked.splice(0)) fail(lost(undefined))
  }

  async #takeBytes(bytes: Buffer): Promise<void> {
    const coming = this.#coming
    if (coming === undefined || bytes.length > coming.left) throw unasked()
    coming.left -= bytes.length
    if (coming.left === 0) this.#coming = undefined
    const { pieces } = coming
    // Who asked for it may have given up.
    if (!pieces.destroyed && !pieces.write(bytes)) await roomIn(pieces)
    if (coming.left === 0) pieces.end()
  }
}

const unasked = (): ProveError =>
  new ProveError('PRV_LINK_PROTOCOL', 'the master sent a content that was not asked for', {
    hint: 'bring master and agent to versions of Prove that are alike',
  })
