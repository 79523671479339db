import { costOf, encodeFrame, type Frame, frameCost, type FrameType, maxPayload } from './frame.js'

/** What a frame means for the stream that it belongs to. */
export type StreamEvent =
  | { readonly kind: 'accepted' | 'ended' | 'acknowledged' | 'asked' | 'nothing' }
  | { readonly kind: 'data'; readonly payload: Buffer }
  /** The stream is over: the other side said so, or it has broken the protocol and is to be told. */
  | { readonly kind: 'reset' | 'violation'; readonly reason: string }

/** No other side grants more than this at once: who does is broken. */
const maxGrant = 16 * 1024 * 1024

const empty = Buffer.alloc(0)

const violation = (reason: string): StreamEvent => ({ kind: 'violation', reason })

/**
 * What one end knows of a stream: what may be sent, and what may come. It holds no bytes and does nothing by itself. Whatever comes
 * that the protocol does not allow at this moment is a violation, and after one, or a reset, nothing is taken.
 */
export class StreamState {
  #phase: 'opening' | 'open' | 'over'
  #sendSequence = 0
  #sent = 0
  #allowed = 0
  #sentEnd = false
  #receiveSequence = 0
  #received = 0
  #read = 0
  #granted: number
  #receivedEnd = false

  /** `role` is who opens the stream, or who accepts it; `window` is what may be unread, in bytes. */
  constructor(
    readonly id: Buffer,
    role: 'dialer' | 'listener',
    readonly window: number,
  ) {
    this.#phase = role === 'dialer' ? 'opening' : 'open'
    this.#granted = window
  }

  /** A frame to send, with its place in the order and the credit that is due. */
  frame(type: Exclude<FrameType, 'reset'>, payload: Buffer = empty): Buffer {
    if (type === 'data') this.#sent += costOf(payload.length)
    if (type === 'end') this.#sentEnd = true
    this.#granted = this.#read + this.window
    return encodeFrame({ type, stream: this.id, sequence: this.#sendSequence++, grant: this.#granted, payload })
  }

  /** Bytes that the next frame of data may carry. */
  get room(): number {
    if (this.#phase !== 'open') return 0
    return Math.max(0, Math.min(maxPayload, this.#allowed - this.#sent - frameCost))
  }

  /** Whether the other side should hear how much was read. */
  get owesCredit(): boolean {
    return !this.#receivedEnd && this.#read + this.window - this.#granted >= this.window / 2
  }

  /** So long a payload was taken by the reader. */
  read(payloadLength: number): void {
    this.#read += costOf(payloadLength)
  }

  /** Takes what came for this stream. */
  receive(frame: Frame): StreamEvent {
    if (this.#phase === 'over') return { kind: 'nothing' }
    const event = this.#receive(frame)
    if (event.kind === 'violation' || event.kind === 'reset') this.#phase = 'over'
    return event
  }

  #receive(frame: Frame): StreamEvent {
    if (!frame.stream.equals(this.id)) return violation('that stream is not known here')
    if (frame.type === 'reset') return { kind: 'reset', reason: frame.payload.toString() }
    if (frame.sequence !== this.#receiveSequence) {
      return violation(frame.sequence > this.#receiveSequence ? 'a frame is missing' : 'a frame came again')
    }
    this.#receiveSequence++
    if (frame.grant < this.#allowed) return violation('credit was taken back')
    if (frame.grant - this.#sent > maxGrant) return violation('too much credit')
    this.#allowed = frame.grant
    return this.#phase === 'opening' ? this.#receiveOpening(frame) : this.#receiveOpen(frame)
  }

  #receiveOpening({ type }: Frame): StreamEvent {
    if (type !== 'accept') return violation(`"${type}" before the stream was accepted`)
    this.#phase = 'open'
    return { kind: 'accepted' }
  }

  #receiveOpen({ type, sequence, payload }: Frame): StreamEvent {
    switch (type) {
      case 'data':
        if (this.#receivedEnd) return violation('data after the end')
        this.#received += costOf(payload.length)
        return this.#received > this.#granted ? violation('more data than credit') : { kind: 'data', payload }
      case 'end':
        if (this.#receivedEnd) return violation('a second end')
        this.#receivedEnd = true
        return { kind: 'ended' }
      case 'ended':
        return this.#sentEnd ? { kind: 'acknowledged' } : violation('an end that was not sent was acknowledged')
      case 'ping':
        return { kind: 'asked' }
      case 'credit':
      case 'pong':
        return { kind: 'nothing' }
      default:
        return type === 'open' && sequence === 0 ? { kind: 'nothing' } : violation(`"${type}" on an open stream`)
    }
  }
}
