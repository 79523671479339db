import { encode } from '../wire/encode.js'
import type { ConnectionId, Packet, StreamPacket } from '../wire/packet.js'
import { Receiver } from './receiver.js'
import { RoundTrip } from './round-trip.js'
import { Sender } from './sender.js'
import { type Patience, Watch } from './watch.js'

/** What a stream is begun with. */
export interface StreamStart {
  readonly ours: ConnectionId
  readonly theirs: ConnectionId
  /** Segments that either side keeps for its reader at most. */
  readonly capacity: number
  readonly patience: Patience
  /** Whether the other side waits to hear from this one; who dials is the first to speak. */
  readonly speaksFirst: boolean
  /** Milliseconds that an answer has taken before, where that is known. */
  readonly answerTook?: number
}

/** Why a stream broke: the other side gave it up, or has said nothing for too long. */
export type StreamFailure = 'reset' | 'silent'

/** Resets that are sent at most before nobody is told any more. */
const resetLimit = 5

/** How often the other side is told at most that all is done, and the longest pause between, in milliseconds. */
const farewell = { limit: 8, longestPause: 2000 }

type State = 'open' | 'lingering' | 'resetting' | 'closed'

/**
 * One end of a reliable stream: datagrams in, datagrams out. It has no socket and no timer, and is told the time, in milliseconds: the same
 * calls always do the same. After any call `poll` gives what is to be sent, and `deadline` says when to poll again if nothing happens.
 */
export class StreamMachine {
  readonly #roundTrip = new RoundTrip()
  readonly #sender: Sender
  readonly #receiver: Receiver
  readonly #watch: Watch
  #state: State = 'open'
  #failure: StreamFailure | undefined
  #abandonedAt = Infinity
  #lastWord: Packet | undefined
  /** Farewells and resets: how many, and when the next is due. */
  #told = 0
  #tellsAt = -Infinity

  constructor(
    private readonly start: StreamStart,
    now: number,
  ) {
    this.#sender = new Sender(this.#roundTrip, start.capacity)
    this.#receiver = new Receiver(start.capacity)
    this.#watch = new Watch(start.patience, now, start.speaksFirst)
    if (start.answerTook !== undefined) this.#roundTrip.sample(start.answerTook, now)
  }

  get state(): State {
    return this.#state
  }

  /** Why it broke, if it did. */
  get failure(): StreamFailure | undefined {
    return this.#failure
  }

  /** Whether all that was written is on its way, so that more may be written. */
  get isDrained(): boolean {
    return this.#sender.isDrained
  }

  /** Whether the other side has everything, and the end. */
  get isDelivered(): boolean {
    return this.#sender.isDone
  }

  /** Whether the other side has ended its direction, and all of it has been read. */
  get isAtEnd(): boolean {
    return this.#receiver.isDone && !this.#receiver.isReady
  }

  /** When `poll` is to be called next; `Infinity` when there is nothing to wait for. */
  get deadline(): number {
    switch (this.#state) {
      case 'closed':
        return this.#lastWord === undefined ? Infinity : -Infinity
      case 'resetting':
        return this.#tellsAt
      case 'lingering':
        return Math.min(this.#tellsAt, this.#receiver.deadline)
      case 'open':
        return Math.min(
          this.#sender.deadline,
          this.#receiver.deadline,
          this.#askAt,
          this.#watch.deadAt,
          this.#abandonedAt + this.start.patience.deadAfter,
        )
    }
  }

  write(bytes: Buffer): void {
    this.#sender.write(bytes)
  }

  end(): void {
    this.#sender.end()
  }

  /** At most so many segments' bytes of what came, in order. */
  read(segments: number, now: number): Buffer | undefined {
    return this.#receiver.read(segments, now)
  }

  /** Gives the stream up; the other side is told. */
  reset(): void {
    if (this.#state === 'open') this.#state = 'resetting'
  }

  /** Nobody reads any more, nor writes: what was written is still brought there, and its end; what comes is answered by a reset. */
  abandon(now: number): void {
    if (this.#state !== 'open') return
    if (this.#receiver.isReady) return this.reset()
    this.#abandonedAt = now
  }

  /** The network says that nobody is there. */
  doubt(now: number): void {
    this.#watch.doubtIt(now)
  }

  /** Takes in what came for this end, of whatever kind. */
  receive(packet: Packet, now: number): void {
    if (packet.kind === 'stream') {
      if (packet.to === this.start.ours) this.#receiveStream(packet, now)
    } else if (packet.kind === 'reset') {
      if (packet.to === this.start.ours) this.#receiveReset()
    } else if (packet.kind === 'gone') {
      if (packet.unknown === this.start.theirs) this.#break()
    }
  }

  /** The next datagram to send, until there is none. */
  poll(now: number): Buffer | undefined {
    this.#expire(now)
    switch (this.#state) {
      case 'open':
        return this.#pollStream(now)
      case 'lingering':
        return this.#pollFarewell(now)
      case 'resetting':
        return this.#pollReset(now)
      case 'closed': {
        const word = this.#lastWord
        this.#lastWord = undefined
        return word === undefined ? undefined : encode(word)
      }
    }
  }

  get #askAt(): number {
    return this.#watch.askAt(this.#roundTrip.timeout, this.#sender.isHeldBack)
  }

  #receiveStream({ acknowledgement, segment, isProbe, isDone }: StreamPacket, now: number): void {
    if (this.#state !== 'open' && this.#state !== 'lingering') return
    if (acknowledgement !== undefined && !this.#sender.acknowledge(acknowledgement, now)) return
    this.#watch.hear(now, this.#sender.isHeldBack)
    if (segment !== undefined) this.#receiver.receive(segment, now)
    if (isProbe) this.#receiver.askFor(now)
    if (this.#abandonedAt < Infinity && this.#receiver.isReady) this.reset()
    if (this.#state === 'open' && this.#sender.isDone && this.#receiver.isDone) this.#state = 'lingering'
    if (this.#state !== 'lingering' || !isDone) return
    this.#state = 'closed'
    if (isProbe) this.#lastWord = this.#words(false, true)
  }

  #receiveReset(): void {
    if (this.#state !== 'closed') this.#lastWord = { kind: 'gone', unknown: this.start.ours }
    this.#break()
  }

  #break(): void {
    if (this.#state === 'open') this.#failure = 'reset'
    this.#state = 'closed'
  }

  /** The other side is dead to this one; should it live after all, it is told. */
  #giveUp(): void {
    this.#failure = 'silent'
    this.#state = 'resetting'
  }

  #expire(now: number): void {
    if (this.#state !== 'open') return
    if (now >= this.#watch.deadAt) return this.#giveUp()
    if (now >= this.#abandonedAt + this.start.patience.deadAfter) return this.reset()
    if (now >= this.#sender.deadline) this.#sender.expire(now)
  }

  #pollReset(now: number): Buffer | undefined {
    if (now < this.#tellsAt) return
    if (this.#told === resetLimit) {
      this.#state = 'closed'
      return
    }
    this.#tellsAt = now + this.#roundTrip.timeout * 2 ** this.#told++
    return encode({ kind: 'reset', to: this.start.theirs })
  }

  /** Who is done first says so until the other side says it too: else a last acknowledgement that is lost would be taken for a loss. */
  #pollFarewell(now: number): Buffer | undefined {
    if (now < this.#tellsAt) return now < this.#receiver.deadline ? undefined : encode(this.#words(false, true))
    if (this.#told === farewell.limit) {
      this.#state = 'closed'
      return
    }
    this.#tellsAt = now + Math.min(farewell.longestPause, this.#roundTrip.timeout * 2 ** this.#told++)
    return encode(this.#words(true, true))
  }

  #pollStream(now: number): Buffer | undefined {
    const isProbe = now >= this.#askAt
    if (isProbe) this.#watch.ask(now)
    const isDue = now >= this.#receiver.deadline
    // Bits of what came out of order would not find room beside a whole segment.
    if (isProbe || (isDue && this.#receiver.hasGap)) return encode(this.#words(isProbe, false))
    const segment = this.#sender.take(now)
    if (segment === undefined) return isDue ? encode(this.#words(false, false)) : undefined
    const packet = { kind: 'stream', to: this.start.theirs, isProbe: false, isDone: false, segment } as const
    return encode(this.#receiver.hasGap ? packet : { ...packet, acknowledgement: this.#receiver.acknowledge() })
  }

  #words(isProbe: boolean, isDone: boolean): StreamPacket {
    const acknowledgement = this.#receiver.acknowledge()
    return { kind: 'stream', to: this.start.theirs, isProbe, isDone, acknowledgement }
  }
}
