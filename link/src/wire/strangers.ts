import type { Duplex } from 'node:stream'

/**
 * Those at a door who have not shown who they are. When there are too many, the one who has stood there for longest is sent
 * away: whoever is known passes in a moment, and is not kept out by others who only stand there.
 */
export class Strangers {
  readonly #waiting = new Set<Duplex>()

  constructor(private readonly most: number) {}

  /** Lets one wait. Returns what to call when it is known, or gone. */
  enter(stream: Duplex): () => void {
    const [oldest] = this.#waiting
    if (this.#waiting.size >= this.most && oldest !== undefined) this.#sendAway(oldest)
    this.#waiting.add(stream)
    return () => this.#waiting.delete(stream)
  }

  #sendAway(stream: Duplex): void {
    this.#waiting.delete(stream)
    stream.destroy()
  }
}
