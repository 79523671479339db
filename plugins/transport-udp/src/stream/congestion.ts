import { windowLimit } from '../wire/packet.js'

const [initial, least] = [10, 4]

/**
 * How many segments may be on the way at once. It doubles each round trip until something is lost, and grows by one from then on.
 *
 * A loss behind a queue means that the network is full: the window shrinks to seven tenths, once a round trip. A loss without a queue is
 * the weather, as on radio links: each takes off half a segment, so that the window shrinks by half the share that is lost. Many losses at
 * once, or an answer that does not come at all, always mean that the network is full.
 */
export class Congestion {
  #window = initial
  #threshold = Infinity
  #lostThisRound = 0

  /** Segments, at least one. */
  get window(): number {
    return Math.floor(this.#window)
  }

  /** So many segments arrived while the window was what held the sender back. */
  grow(arrived: number): void {
    this.#window += this.#window < this.#threshold ? arrived : arrived / this.#window
    this.#window = Math.min(this.#window, windowLimit)
  }

  /** A round trip has gone by. */
  beginRound(): void {
    this.#lostThisRound = 0
  }

  /**
   * A segment is lost. Whether that meant a full network: then what else was sent before this moment and is lost is not to be told, as
   * it is the same event.
   */
  lose(isQueueing: boolean): boolean {
    this.#lostThisRound++
    if (isQueueing || this.#lostThisRound > Math.max(4, this.#window / 5)) {
      this.#threshold = Math.max(least, this.#window * 0.7)
      this.#window = this.#threshold
      this.#lostThisRound = 0
      return true
    }
    this.#window = Math.max(least, this.#window - 0.5)
    return false
  }

  /** A segment that counted as lost was only late. */
  regret(): void {
    this.#window = Math.min(windowLimit, this.#window + 0.5)
    this.#lostThisRound = Math.max(0, this.#lostThisRound - 1)
  }

  /** Nothing was answered in time. */
  collapse(): void {
    this.#threshold = Math.max(least, this.#window / 2)
    this.#window = least
    this.#lostThisRound = 0
  }
}
