import { Cookies } from '../handshake/cookies.js'
import { Dialling } from '../handshake/dialling.js'
import { Door, type DoorLimits, type Seat } from '../handshake/door.js'
import type { Peer } from '../handshake/peer.js'
import { StreamMachine } from '../stream/stream-machine.js'
import { decode } from '../wire/decode.js'
import type { Dice } from './dice.js'

/** One end on a simulated network, with its handshake. */
export interface SimulatedEnd {
  /** Its stream, once there is one. */
  readonly stream: StreamMachine | undefined
  readonly deadline: number
  receive(datagram: Buffer, now: number): void
  poll(now: number): Buffer | undefined
}

export class DiallingEnd implements SimulatedEnd {
  stream: StreamMachine | undefined
  readonly #dialling: Dialling
  readonly #ours: string

  constructor(
    dice: Dice,
    private readonly limits: DoorLimits,
  ) {
    this.#ours = dice.bytes(8).toString('latin1')
    this.#dialling = new Dialling(this.#ours)
  }

  get deadline(): number {
    return this.stream?.deadline ?? this.#dialling.deadline
  }

  receive(datagram: Buffer, now: number): void {
    const packet = decode(datagram)
    if (this.stream !== undefined) {
      if (packet !== undefined) this.stream.receive(packet, now)
      return
    }
    this.#dialling.receive(datagram, now)
    const { answer } = this.#dialling
    if (answer === undefined) return
    if ('refusal' in answer) throw new Error(`refused: ${answer.refusal}`)
    const took = answer.answerTook === undefined ? {} : { answerTook: answer.answerTook }
    const { capacity, patience } = this.limits
    const start = { ours: this.#ours, theirs: answer.listener, capacity, patience, ...took, speaksFirst: true }
    this.stream = new StreamMachine(start, now)
  }

  poll(now: number): Buffer | undefined {
    return (this.stream ?? this.#dialling).poll(now)
  }
}

export class ListeningEnd implements SimulatedEnd {
  readonly door: Door
  seat: Seat | undefined
  /** Streams that were begun; more than one would be given to whom there is one connection. */
  begun = 0
  readonly #answers: Buffer[] = []

  constructor(
    dice: Dice,
    limits: DoorLimits,
    private readonly from: Peer,
  ) {
    this.door = new Door(limits, new Cookies(0, (length) => dice.bytes(length)), () => dice.bytes(8).toString('latin1'))
  }

  get stream(): StreamMachine | undefined {
    return this.seat?.stream
  }

  get deadline(): number {
    return this.#answers.length > 0 ? -Infinity : (this.stream?.deadline ?? Infinity)
  }

  receive(datagram: Buffer, now: number): void {
    const { answer, seat, isNew } = this.door.receive(datagram, this.from, now)
    if (answer !== undefined) {
      if (answer.length > datagram.length) throw new Error('an answer is longer than its question')
      this.#answers.push(answer)
    }
    if (isNew === true) {
      this.begun++
      this.seat ??= seat
    }
  }

  poll(now: number): Buffer | undefined {
    const datagram = this.#answers.shift() ?? this.stream?.poll(now)
    if (this.seat?.stream?.state === 'closed' && this.stream?.deadline === Infinity) this.door.forget(this.seat)
    return datagram
  }
}
