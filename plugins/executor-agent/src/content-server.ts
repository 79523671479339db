import { type Blob, type BlobStore, isMap } from '@prove/core'
import type { Connection, MessageOf } from '@prove/link'

/** Bytes of one frame of a content. */
const pieceSize = 256 * 1024

/** The contents that a request speaks of: an agent gets these, and no others. */
export const contentsIn = (data: unknown, found: Map<string, Blob> = new Map()): ReadonlyMap<string, Blob> => {
  if (Array.isArray(data)) for (const each of data) contentsIn(each, found)
  else if (isMap(data)) {
    const { sha256, size } = data
    if (typeof sha256 === 'string' && typeof size === 'number') found.set(sha256, { sha256, size })
    for (const each of Object.values(data)) contentsIn(each, found)
  }
  return found
}

/** Sends the contents that an agent asks for, one after the other. */
export class ContentServer {
  #turn: Promise<void> = Promise.resolve()

  constructor(
    private readonly connection: Connection,
    private readonly blobs: BlobStore,
    private readonly allowed: (sha256: string) => Blob | undefined,
  ) {}

  /** Sends it when those before have been sent. */
  take({ sha256 }: MessageOf<'want'>): void {
    this.#turn = this.#turn.then(
      () => this.#send(sha256),
      () => undefined,
    )
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
