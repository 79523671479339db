import type { Acknowledgement, SegmentPart } from '../wire/packet.js'
import { Congestion } from './congestion.js'
import { Outbox } from './outbox.js'
import type { RoundTrip } from './round-trip.js'

/** A segment that is on its way, or is to go there once more. */
interface Sent extends SegmentPart {
  /** Counts what is sent, so that what was sent later and came first tells that this is lost. */
  order: number
  sentAt: number
  times: number
  isHeld: boolean
  isLost: boolean
  /** Whether it counted as lost because others came before it. */
  wasLost: boolean
}

/**
 * So many segments that were sent later must have come before one counts as lost: networks put them in another order now and then. It
 * doubles when one that counted as lost was only late, and becomes less again with each that was not.
 */
const patience = { least: 3, most: 64, wears: 0.25 }

/**
 * The sending half of a stream: cuts what is written into segments, sends as many as the network and the reader take, and sends again
 * what is lost. Told the time in milliseconds, and never asks for it.
 */
export class Sender {
  readonly #outbox = new Outbox()
  readonly #congestion = new Congestion()
  /** From the first segment that is not acknowledged, without gaps. */
  #flight: Sent[] = []
  #first = 0
  #edge: number
  #order = 0
  #delivered = -1
  #roundEnds = 0
  #fullUntil = 0
  #onTheWay = 0
  #lost = 0
  #isLastSent = false
  #waitsSince = 0
  #patience = patience.least
  #isWorried = false

  /** `edge` is the first segment that the reader does not take yet. */
  constructor(
    private readonly roundTrip: RoundTrip,
    edge: number,
  ) {
    this.#edge = edge
  }

  /** Whether nothing waits to become a segment: then more may be written. */
  get isDrained(): boolean {
    return this.#outbox.isEmpty
  }

  /** Whether all there will ever be has arrived. */
  get isDone(): boolean {
    return this.#isLastSent && this.#flight.length === 0
  }

  /** Whether there is something to say, and nothing on its way that would make the reader answer. */
  get isHeldBack(): boolean {
    return this.#flight.length === 0 && this.#hasMore() && this.#next >= this.#edge
  }

  /** When `expire` is to be called; `Infinity` while nothing is on its way. */
  get deadline(): number {
    return this.#flight.length === 0 ? Infinity : this.#waitsSince + this.roundTrip.timeout
  }

  write(bytes: Buffer): void {
    this.#outbox.write(bytes)
  }

  end(): void {
    this.#outbox.end()
  }

  /** The next segment to send, if one may go now. */
  take(now: number): SegmentPart | undefined {
    if (this.#onTheWay >= this.#congestion.window) return
    const sent = this.#lost > 0 ? this.#flight.find(({ isLost }) => isLost) : this.#fresh(now)
    if (sent === undefined) return
    if (sent.isLost) {
      sent.isLost = false
      this.#lost--
    }
    if (this.#onTheWay === 0) this.#waitsSince = now
    this.#onTheWay++
    sent.order = this.#order++
    sent.sentAt = now
    sent.times++
    return sent
  }

  /** Takes in what the reader says has come. Whether it can be true. */
  acknowledge(acknowledgement: Acknowledgement, now: number): boolean {
    const { next, window } = acknowledgement
    if (next > this.#next) return false
    const wasFull = this.#onTheWay + 1 >= this.#congestion.window
    this.#edge = Math.max(this.#edge, next + window)
    const arrived = this.#arrivedBy(acknowledgement)
    for (const sent of arrived) this.#arrive(sent, now)
    if (arrived.length === 0) return true
    this.#measure(arrived, now)
    this.#waitsSince = now
    this.#isWorried = false
    this.roundTrip.answered()
    if (wasFull) this.#congestion.grow(arrived.length)
    if (this.#delivered >= this.#roundEnds) {
      this.#roundEnds = this.#order
      this.#congestion.beginRound()
    }
    this.#findLost()
    return true
  }

  /**
   * Nothing was answered in time. At first that is bad luck with few segments, and the oldest of them is sent again; the second time
   * all that is on its way counts as lost.
   */
  expire(now: number): void {
    this.#waitsSince = now
    const oldest = this.#flight.find(({ isHeld, isLost }) => !isHeld && !isLost)
    if (!this.#isWorried && oldest !== undefined) {
      this.#isWorried = true
      this.#lose(oldest)
      return
    }
    for (const sent of this.#flight) if (!sent.isHeld && !sent.isLost) this.#lose(sent)
    this.#congestion.collapse()
    this.#fullUntil = this.#order
    this.roundTrip.backOff()
  }

  get #next(): number {
    return this.#first + this.#flight.length
  }

  #hasMore(): boolean {
    return !this.#outbox.isEmpty || (this.#outbox.isEnded && !this.#isLastSent)
  }

  #fresh(now: number): Sent | undefined {
    if (!this.#hasMore() || this.#next >= this.#edge) return
    const number = this.#next
    const bytes = this.#outbox.cut()
    const isLast = this.#outbox.isEnded && this.#outbox.isEmpty
    this.#isLastSent = isLast
    const sent = {
      number,
      bytes,
      isLast,
      order: 0,
      sentAt: now,
      times: 0,
      isHeld: false,
      isLost: false,
      wasLost: false,
    }
    this.#flight.push(sent)
    return sent
  }

  /** Those that have come, and were not known to have. */
  #arrivedBy({ next, held }: Acknowledgement): readonly Sent[] {
    const arrived: Sent[] = []
    for (; this.#first < next; this.#first++) {
      const sent = this.#flight.shift()
      if (sent !== undefined && !sent.isHeld) arrived.push(sent)
    }
    for (let bit = 0; bit < held.length * 8; bit++) {
      if (((held[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) continue
      const sent = this.#flight[next + 1 + bit - this.#first]
      if (sent !== undefined && !sent.isHeld) arrived.push(sent)
    }
    return arrived
  }

  #arrive(sent: Sent, now: number): void {
    sent.isHeld = true
    const isTooSoon = sent.times > 1 && this.roundTrip.isTooSoon(now - sent.sentAt)
    if (sent.wasLost && (sent.isLost || isTooSoon)) this.#regret()
    if (sent.isLost) this.#lost--
    else this.#onTheWay--
    sent.isLost = false
    if (!isTooSoon) this.#delivered = Math.max(this.#delivered, sent.order)
  }

  /**
   * The last that was sent of those is what the reader answered; the answers to the others are lost. Where it was sent twice nobody knows
   * which came, and so how long that took.
   */
  #measure(arrived: readonly Sent[], now: number): void {
    const last = arrived.reduce((one, other) => (other.order > one.order ? other : one))
    if (last.times === 1) this.roundTrip.sample(now - last.sentAt, now)
  }

  #findLost(): void {
    // Where little is on its way there is not much to wait for.
    const late = this.#delivered - Math.min(this.#patience, Math.max(2, this.#congestion.window / 4))
    if ((this.#flight[0]?.order ?? Infinity) > late && this.#lost === 0) return
    for (const sent of this.#flight) {
      if (sent.isHeld || sent.isLost || sent.order > late) continue
      this.#lose(sent)
      sent.wasLost = true
      this.#patience = Math.max(patience.least, this.#patience - patience.wears)
      if (sent.order >= this.#fullUntil && this.#congestion.lose(this.roundTrip.isQueueing))
        this.#fullUntil = this.#order
    }
  }

  /** What counted as lost was only late. */
  #regret(): void {
    this.#patience = Math.min(patience.most, this.#patience * 2)
    this.#congestion.regret()
  }

  #lose(sent: Sent): void {
    sent.isLost = true
    this.#lost++
    this.#onTheWay--
  }
}
