import type { DoorLimits } from '../handshake/door.js'
import { Dice } from './dice.js'
import { DiallingEnd, ListeningEnd, type SimulatedEnd } from './simulated-ends.js'

/** What a simulated network does to datagrams; shares of all of them, and milliseconds. */
export interface SimulatedNetwork {
  readonly loss: number
  readonly duplication: number
  readonly corruption: number
  readonly delay: number
  /** Up to so much is added for each datagram by itself, so that some overtake others. */
  readonly jitter: number
}

/** What one side does, after a pause of so many milliseconds. */
export interface Deed {
  readonly side: 0 | 1
  readonly pause: number
  readonly act: { readonly write: number } | { readonly read: number } | 'end' | 'reset' | 'abandon'
}

/** Turns of a simulation at most: one that takes more does not come to rest. */
const turnLimit = 200_000

/** Two ends of a stream, with a network between that is all chance from one seed. Time goes on only when nothing happens. */
export class Simulation {
  now = 0
  readonly sent: readonly [Buffer[], Buffer[]] = [[], []]
  readonly came: readonly [Buffer[], Buffer[]] = [[], []]
  readonly dialling: DiallingEnd
  readonly listening: ListeningEnd
  datagrams = 0
  readonly #dice: Dice
  readonly #onTheWay: { readonly at: number; readonly to: 0 | 1; readonly datagram: Buffer }[] = []
  readonly #todo: ((end: SimulatedEnd) => void)[][] = [[], []]
  readonly #isEager = [false, false]
  #turns = 0

  constructor(
    seed: number,
    private readonly network: SimulatedNetwork,
    limits: DoorLimits,
  ) {
    this.#dice = new Dice(seed)
    this.dialling = new DiallingEnd(this.#dice, limits)
    this.listening = new ListeningEnd(this.#dice, limits, { address: '192.0.2.1', port: 4505 })
  }

  get ends(): readonly [SimulatedEnd, SimulatedEnd] {
    return [this.dialling, this.listening]
  }

  /** Does all of it, then ends both directions and reads what comes until both sides are at rest. */
  run(deeds: readonly Deed[]): void {
    for (const { side, pause, act } of deeds) {
      this.#until(this.now + pause)
      this.#do(side, act)
    }
    for (const side of [0, 1] as const) {
      this.#do(side, 'end')
      this.#isEager[side] = true
    }
    this.#until(Infinity)
  }

  #do(side: 0 | 1, act: Deed['act']): void {
    // Where there is no stream yet, it is done as soon as there is one.
    this.#todo[side]?.push(({ stream }) => {
      if (stream === undefined) return
      if (act === 'end') stream.end()
      else if (act === 'reset') stream.reset()
      else if (act === 'abandon') stream.abandon(this.now)
      else if ('read' in act) this.#read(side, act.read)
      else this.#write(side, act.write)
    })
    this.#turn()
  }

  #write(side: 0 | 1, length: number): void {
    const bytes = this.#dice.bytes(length)
    this.sent[side].push(bytes)
    this.ends[side].stream?.write(bytes)
  }

  #read(side: 0 | 1, segments: number): boolean {
    const bytes = this.ends[side].stream?.read(segments, this.now)
    if (bytes !== undefined) this.came[side].push(bytes)
    return bytes !== undefined
  }

  /** All that happens until then, or until nothing is left to happen. */
  #until(then: number): void {
    for (;;) {
      this.#turn()
      const next = Math.min(this.#onTheWay[0]?.at ?? Infinity, ...this.ends.map(({ deadline }) => deadline))
      if (next > then || next === Infinity) break
      this.now = Math.max(this.now, next)
      while ((this.#onTheWay[0]?.at ?? Infinity) <= this.now) {
        const { to, datagram } = this.#onTheWay.shift() ?? { to: 0, datagram: Buffer.alloc(0) }
        this.ends[to].receive(datagram, this.now)
      }
    }
    if (then < Infinity) this.now = then
  }

  #turn(): void {
    if (this.#turns++ > turnLimit) throw new Error(`not at rest after ${turnLimit} turns, at ${this.now} ms`)
    for (const side of [0, 1] as const) {
      const end = this.ends[side]
      if (end.stream !== undefined) for (const act of this.#todo[side]?.splice(0) ?? []) act(end)
      while (this.#isEager[side] === true && this.#read(side, 8)) continue
      for (let datagram = end.poll(this.now); datagram !== undefined; datagram = end.poll(this.now)) {
        this.#send(datagram, side === 0 ? 1 : 0)
      }
    }
  }

  #send(datagram: Buffer, to: 0 | 1): void {
    const { loss, duplication, corruption, delay, jitter } = this.network
    this.datagrams++
    if (this.#dice.happens(loss)) return
    for (let copies = this.#dice.happens(duplication) ? 2 : 1; copies > 0; copies--) {
      const copy = Buffer.from(datagram)
      if (this.#dice.happens(corruption)) copy[this.#dice.below(copy.length)]! ^= 1 << this.#dice.below(8)
      const at = this.now + delay + this.#dice.roll() * jitter
      const place = this.#onTheWay.findIndex((other) => other.at > at)
      this.#onTheWay.splice(place < 0 ? this.#onTheWay.length : place, 0, { at, to, datagram: copy })
    }
  }
}
