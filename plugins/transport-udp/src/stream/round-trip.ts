/** Milliseconds before and between which what is not answered is sent again. */
const [first, least, most] = [500, 100, 4000]

/** How long the least round trip ever seen is believed: routes change. */
const memory = 10_000

/** Estimates how long an answer takes, from segments that were sent once only (Karn), as RFC 6298 does. Times are milliseconds. */
export class RoundTrip {
  #smoothed: number | undefined
  #deviation = 0
  #backoff = 1
  #least = Infinity
  #leastBefore = Infinity
  #since = 0
  #recent: number[] = []

  /** How long to wait for an answer before asking again. */
  get timeout(): number {
    const estimate = this.#smoothed === undefined ? first : this.#smoothed + Math.max(10, 4 * this.#deviation)
    return Math.min(most, Math.max(least, estimate) * this.#backoff)
  }

  /**
   * Whether answers have begun to take so much longer than they need that something must be queueing on the way. The shortest of the
   * last ones is looked at, so that a network that is merely uneven does not look full.
   */
  get isQueueing(): boolean {
    return this.#recent.length > 0 && Math.min(...this.#recent) > 1.5 * Math.min(this.#least, this.#leastBefore) + 5
  }

  /** Whether an answer to what was sent so long ago must be one to something earlier. */
  isTooSoon(taken: number): boolean {
    return taken < 0.9 * Math.min(this.#least, this.#leastBefore)
  }

  sample(taken: number, now: number): void {
    this.#backoff = 1
    this.#remember(taken, now)
    if (this.#smoothed === undefined) {
      this.#smoothed = taken
      this.#deviation = taken / 2
      return
    }
    this.#deviation += (Math.abs(this.#smoothed - taken) - this.#deviation) / 4
    this.#smoothed += (taken - this.#smoothed) / 8
  }

  /** Nothing was answered in time: the next wait is twice as long. */
  backOff(): void {
    this.#backoff = Math.min(64, this.#backoff * 2)
  }

  /** Something new was answered, although it cannot be told how long it took. */
  answered(): void {
    this.#backoff = 1
  }

  #remember(taken: number, now: number): void {
    if (now - this.#since > memory) {
      this.#leastBefore = this.#least
      this.#least = Infinity
      this.#since = now
    }
    this.#least = Math.min(this.#least, taken)
    this.#recent.push(taken)
    if (this.#recent.length > 16) this.#recent.shift()
  }
}
