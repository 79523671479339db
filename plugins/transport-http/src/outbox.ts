import { longestMessage, window } from './messages.js'

/** Bytes of one request or answer at most: its messages, each behind its length. */
export const longestBatch = window + 64 * 1024

/** Messages that wait for the next request or answer that takes them along. */
export class Outbox {
  readonly #messages: Buffer[] = []
  #bytes = 0
  #takers: (() => void)[] = []

  get isEmpty(): boolean {
    return this.#messages.length === 0
  }

  /** `taken` is called at once, or when there is room again. */
  add(message: Buffer, taken: () => void): void {
    this.#messages.push(message)
    this.#bytes += 4 + message.length
    if (this.#bytes < window) taken()
    else this.#takers.push(taken)
  }

  /** As many messages as one batch holds. */
  take(): Buffer {
    const parts: Buffer[] = []
    let bytes = 0
    for (let next = this.#messages[0]; next !== undefined; next = this.#messages[0]) {
      if (bytes + 4 + next.length > longestBatch) break
      const length = Buffer.alloc(4)
      length.writeUInt32BE(next.length)
      parts.push(length, next)
      bytes += 4 + next.length
      this.#messages.shift()
    }
    this.#bytes -= bytes
    if (this.#bytes < window) for (const taken of this.#takers.splice(0)) taken()
    return Buffer.concat(parts)
  }
}

/** The messages of a batch; undefined when it is not made of them. */
export const messagesOf = (batch: Buffer): readonly Buffer[] | undefined => {
  const messages: Buffer[] = []
  let at = 0
  while (at < batch.length) {
    if (at + 4 > batch.length) return undefined
    const length = batch.readUInt32BE(at)
    at += 4
    if (length === 0 || length > longestMessage || at + length > batch.length) return undefined
    messages.push(batch.subarray(at, at + length))
    at += length
  }
  return messages
}
