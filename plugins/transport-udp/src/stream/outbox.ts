import { segmentLimit } from '../wire/packet.js'

/** Bytes that were written and are in no segment yet. */
export class Outbox {
  readonly #chunks: Buffer[] = []
  #isEnded = false

  /** Whether there is something to make a segment of. */
  get isEmpty(): boolean {
    return this.#chunks.length === 0
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  write(bytes: Buffer): void {
    if (bytes.length > 0) this.#chunks.push(bytes)
  }

  end(): void {
    this.#isEnded = true
  }

  /** At most one segment's bytes, copied: the writer may have its memory back as soon as nothing is left here. */
  cut(): Buffer {
    const parts: Buffer[] = []
    let room = segmentLimit
    while (room > 0) {
      const [chunk] = this.#chunks
      if (chunk === undefined) break
      const part = chunk.subarray(0, room)
      parts.push(part)
      room -= part.length
      if (part.length === chunk.length) this.#chunks.shift()
      else this.#chunks[0] = chunk.subarray(part.length)
    }
    return Buffer.concat(parts)
  }
}
