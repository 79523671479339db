import type { Patience } from '../stream/watch.js'
import { StreamMachine } from '../stream/stream-machine.js'
import { decode } from '../wire/decode.js'
import { encode } from '../wire/encode.js'
import type { ConnectionId, Packet } from '../wire/packet.js'
import type { Cookies } from './cookies.js'
import { type Peer, peerKey } from './peer.js'

/** How much a door lets in. */
export interface DoorLimits {
  /** Connections at one time, those among them that have not spoken yet. */
  readonly connections: number
  /** Connections at one time that have not spoken yet. */
  readonly waiting: number
  /** The same, from one address. */
  readonly waitingOfOne: number
  /** Milliseconds that who was let in has for a first word. */
  readonly firstWord: number
  /** Segments that each keeps for its reader at most. */
  readonly capacity: number
  readonly patience: Patience
}

/** A place for one connection; it has a stream once the other side has spoken. */
export interface Seat {
  readonly id: ConnectionId
  readonly peer: Peer
  readonly dialler: ConnectionId
  readonly until: number
  stream?: StreamMachine
}

/** What comes of a datagram: an answer to where it came from, or something for a stream, which may be new. */
export interface Coming {
  readonly answer?: Buffer
  readonly seat?: Seat & { readonly stream: StreamMachine }
  readonly isNew?: boolean
}

/**
 * Who listens, as a machine: datagrams in, what comes of them out, told the time in milliseconds. Nothing is remembered of who has not
 * proven an address, and no answer is longer than its question.
 */
export class Door {
  readonly #seats = new Map<ConnectionId, Seat>()
  /** By who dialled, so that the same question gets the same answer. */
  readonly #dialled = new Map<string, Seat>()
  /** In the order in which their time runs out. */
  readonly #waiting = new Set<Seat>()
  readonly #waitingOf = new Map<string, number>()
  #isShut = false

  constructor(
    private limits: DoorLimits,
    private readonly cookies: Cookies,
    private readonly newId: () => ConnectionId,
  ) {}

  /** Seats that are taken. */
  get size(): number {
    return this.#seats.size
  }

  /** Those among them that have not spoken yet. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** When `sweep` has something to do; `Infinity` when nobody waits. */
  get deadline(): number {
    for (const { until } of this.#waiting) return until
    return Infinity
  }

  /** Nobody else is let in. */
  shut(): void {
    this.#isShut = true
  }

  /** Others are let in again, from now on within these limits. */
  reopen(limits: DoorLimits): void {
    this.#isShut = false
    this.limits = limits
  }

  /** Forgets those who were let in and have not said a word. */
  sweep(now: number): void {
    for (const seat of this.#waiting) {
      if (seat.until > now) return
      this.forget(seat)
    }
  }

  forget(seat: Seat): void {
    this.#spoke(seat)
    this.#seats.delete(seat.id)
    this.#dialled.delete(dialKey(seat.peer, seat.dialler))
  }

  receive(datagram: Buffer, from: Peer, now: number): Coming {
    this.sweep(now)
    const packet = decode(datagram)
    switch (packet?.kind) {
      case 'hello':
        return { answer: encode(this.#hello(packet.dialler, from, now)) }
      case 'open':
        return { answer: encode(this.#open(packet, from, now)) }
      case 'stream':
      case 'reset':
        return this.#seated(packet, from, now) ?? { answer: encode({ kind: 'gone', unknown: packet.to }) }
      case 'gone':
        return this.#gone(packet, from, now)
      default:
        return {}
    }
  }

  #hello(dialler: ConnectionId, from: Peer, now: number): Packet {
    if (this.#isShut) return { kind: 'refusal', dialler, isFull: false }
    return { kind: 'cookie', dialler, cookie: this.cookies.make(from, dialler, now) }
  }

  #open({ dialler, cookie }: Packet & { kind: 'open' }, from: Peer, now: number): Packet {
    if (!this.cookies.isGood(cookie, from, dialler, now)) return this.#hello(dialler, from, now)
    const known = this.#dialled.get(dialKey(from, dialler))
    if (known !== undefined) return { kind: 'welcome', dialler, listener: known.id }
    if (this.#isShut || this.#isFull(from)) return { kind: 'refusal', dialler, isFull: !this.#isShut }
    return { kind: 'welcome', dialler, listener: this.#offer(dialler, from, now).id }
  }

  #isFull({ address }: Peer): boolean {
    const { connections, waitingOfOne } = this.limits
    return this.#seats.size >= connections || (this.#waitingOf.get(address) ?? 0) >= waitingOfOne
  }

  #offer(dialler: ConnectionId, peer: Peer, now: number): Seat {
    // A flood from many addresses drives out its own: who means it speaks within a round trip.
    for (const oldest of this.#waiting) {
      if (this.#waiting.size < this.limits.waiting) break
      this.forget(oldest)
    }
    const seat = { id: this.newId(), peer, dialler, until: now + this.limits.firstWord }
    this.#seats.set(seat.id, seat)
    this.#dialled.set(dialKey(peer, dialler), seat)
    this.#waiting.add(seat)
    this.#waitingOf.set(peer.address, (this.#waitingOf.get(peer.address) ?? 0) + 1)
    return seat
  }

  #seated(packet: Packet & { to: ConnectionId }, from: Peer, now: number): Coming | undefined {
    const seat = this.#seats.get(packet.to)
    // Who knows the id and comes from elsewhere is answered as if it were unknown.
    if (seat === undefined || peerKey(seat.peer) !== peerKey(from)) return
    if (seat.stream === undefined && packet.kind === 'reset') {
      this.forget(seat)
      return
    }
    const isNew = seat.stream === undefined
    const stream = (seat.stream ??= this.#begin(seat, now))
    if (isNew) this.#spoke(seat)
    stream.receive(packet, now)
    return { seat: Object.assign(seat, { stream }), isNew }
  }

  /** Names the id of who is gone, which only streams know. */
  #gone(packet: Packet & { kind: 'gone' }, from: Peer, now: number): Coming {
    const seat = this.#dialled.get(dialKey(from, packet.unknown))
    if (seat?.stream === undefined) return {}
    seat.stream.receive(packet, now)
    return { seat: Object.assign(seat, { stream: seat.stream }) }
  }

  #begin({ id, dialler }: Seat, now: number): StreamMachine {
    const { capacity, patience } = this.limits
    return new StreamMachine({ ours: id, theirs: dialler, capacity, patience, speaksFirst: false }, now)
  }

  #spoke(seat: Seat): void {
    if (!this.#waiting.delete(seat)) return
    const left = (this.#waitingOf.get(seat.peer.address) ?? 1) - 1
    if (left === 0) this.#waitingOf.delete(seat.peer.address)
    else this.#waitingOf.set(seat.peer.address, left)
  }
}

const dialKey = (from: Peer, dialler: ConnectionId): string => `${peerKey(from)} ${dialler}`
