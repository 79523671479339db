/** Bytes that were written and wait for their turn. */
export class ByteQueue {
  readonly #chunks: Buffer[] = []

  get isEmpty(): boolean {
    return this.#chunks.length === 0
  }

  push(chunk: Buffer): void {
    if (chunk.length > 0) this.#chunks.push(chunk)
  }

  clear(): void {
    this.#chunks.length = 0
  }

  /** Up to so many bytes from its beginning; nothing when there are none. */
  take(room: number): Buffer | undefined {
    const parts: Buffer[] = []
    let left = room
    while (left > 0) {
      const chunk = this.#chunks.shift()
      if (chunk === undefined) break
      const part = chunk.subarray(0, left)
      parts.push(part)
      left -= part.length
      if (part.length < chunk.length) this.#chunks.unshift(chunk.subarray(part.length))
    }
    return parts.length > 1 ? Buffer.concat(parts) : parts[0]
  }
}
