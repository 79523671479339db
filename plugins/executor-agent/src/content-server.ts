import type { Blob, BlobStore } from '@prove/core'
import type { Connection, MessageOf } from '@prove/link'

/** Bytes of one frame of a content. */
const pieceSize = 256 * 1024

/** Contents that may be asked for and not be sent yet. */
const mostOpen = 64

/** Sends the contents that an agent asks for, one after the other. */
export class ContentServer {
  #turn: Promise<void> = Promise.resolve()
  #open = 0

  constructor(
    private readonly connection: Connection,
    private readonly blobs: BlobStore,
    private readonly allowed: (sha256: string) => Blob | undefined,
  ) {}

  /** Sends it when those before have been sent. */
  take({ sha256 }: MessageOf<'want'>): void {
    this.#open += 1
    // An agent asks for one after the other in each of its runs.
    if (this.#open > mostOpen) return this.connection.destroy()
    this.#turn = this.#turn.then(
      () => this.#send(sha256),
      () => undefined,
    )
    void this.#turn.then(() => (this.#open -= 1)).catch(() => undefined)
    this.#turn.catch((error: unknown) => this.connection.destroy(error instanceof Error ? error : undefined))
  }

  async #send(sha256: string): Promise<void> {
    const { connection } = this
    const blob = this.allowed(sha256)
    if (blob === undefined) return connection.send({ kind: 'content', sha256 })
    const { size } = blob
    await connection.send({ kind: 'content', sha256, size })
    let sent = 0
    for await (const chunk of this.blobs.open(blob)) {
      for (let at = 0; at < chunk.length; at += pieceSize) {
        const piece = chunk.subarray(at, at + pieceSize)
        sent += piece.length
        if (sent > size) break
        await connection.sendBytes(piece)
      }
    }
    // Where a file changed after it was looked at, the agent waits for bytes that do not come.
    if (sent !== size) throw new Error(`a file has changed while it was sent: ${sent} bytes, where there were ${size}`)
    return undefined
  }
}
