import type { Acknowledgement, SegmentPart } from '../wire/packet.js'

/** Milliseconds that an acknowledgement may wait for another segment, or for an answer that takes it along. */
const patience = 20

/** Segments that are acknowledged together at most. */
const together = 2

/**
 * The receiving half of a stream: puts segments in order, and tells which have come and how many more it takes. It never holds more
 * than `capacity` segments, whether they wait for one before them or for the reader.
 */
export class Receiver {
  readonly #held = new Map<number, SegmentPart>()
  readonly #ready: Buffer[] = []
  #next = 0
  #edge: number
  #highest = 0
  #isDone = false
  #unacknowledged = 0
  #deadline = Infinity

  constructor(private readonly capacity: number) {
    this.#edge = capacity
  }

  /** Whether all there will ever be has come; some of it may wait to be read. */
  get isDone(): boolean {
    return this.#isDone
  }

  /** Whether something waits to be read. */
  get isReady(): boolean {
    return this.#ready.length > 0
  }

  /** Segments in memory; never more than the capacity. */
  get kept(): number {
    return this.#held.size + this.#ready.length
  }

  /** Whether segments wait for one before them. */
  get hasGap(): boolean {
    return this.#held.size > 0
  }

  /** When an acknowledgement must have been sent; `Infinity` when nothing is to be acknowledged. */
  get deadline(): number {
    return this.#deadline
  }

  receive(segment: SegmentPart, now: number): void {
    const { number } = segment
    if (this.#isDone || number < this.#next || number >= this.#edge || this.#held.has(number)) return this.askFor(now)
    this.#held.set(number, segment)
    this.#highest = Math.max(this.#highest, number)
    const hadGap = number > this.#next || this.#held.size > 1
    this.#settle()
    this.#unacknowledged++
    if (hadGap || this.#isDone || this.#unacknowledged >= together) this.askFor(now)
    else this.#deadline = Math.min(this.#deadline, now + patience)
  }

  /** At most so many segments' bytes in order. */
  read(segments: number, now: number): Buffer | undefined {
    if (this.#ready.length === 0) return
    const parts = this.#ready.splice(0, segments)
    const more = this.#open() - this.#edge
    if (more >= this.capacity / 4) this.askFor(now)
    return parts.length === 1 ? parts[0] : Buffer.concat(parts)
  }

  /** An acknowledgement is to be sent now. */
  askFor(now: number): void {
    this.#deadline = now
  }

  /** What has come. It is taken for sent. */
  acknowledge(): Acknowledgement {
    this.#deadline = Infinity
    this.#unacknowledged = 0
    this.#edge = Math.max(this.#edge, this.#open())
    return { next: this.#next, window: this.#edge - this.#next, held: this.#bits() }
  }

  /** How far the window would open now: each segment in it finds room, whatever the reader does. */
  #open(): number {
    return this.#next + this.capacity - this.#ready.length
  }

  #settle(): void {
    for (;;) {
      const segment = this.#held.get(this.#next)
      if (segment === undefined) return
      this.#held.delete(this.#next++)
      if (segment.bytes.length > 0) this.#ready.push(segment.bytes)
      if (!segment.isLast) continue
      this.#isDone = true
      this.#held.clear()
      return
    }
  }

  #bits(): Buffer {
    if (this.#held.size === 0) return Buffer.alloc(0)
    const bits = Buffer.alloc((this.#highest - this.#next + 7) >> 3)
    for (const number of this.#held.keys()) {
      const bit = number - this.#next - 1
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
    }
    return bits
  }
}
