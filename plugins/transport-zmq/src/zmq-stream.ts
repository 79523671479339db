import { Duplex } from 'node:stream'
import { ByteQueue } from './byte-queue.js'
import { decodeFrame, type FrameType, maxPayload, resetFrame } from './frame.js'
import type { Source } from './outbox.js'
import { StreamState } from './stream-state.js'

type Callback = (error?: Error | null) => void

type Control = Exclude<FrameType, 'data' | 'end' | 'reset'>

/** What a stream asks of the socket that carries it. */
export interface Carrier {
  /** It has something to send. */
  wake(stream: ZmqStream): void
  /** The other side reads. */
  retry(stream: ZmqStream): void
  /** The other side has taken the connection. */
  accepted?(): void
  /** Nothing of it will be sent any more, and nothing that comes for it matters. */
  over(stream: ZmqStream): void
}

/** How a stream begins. */
export interface StreamStart {
  readonly id: Buffer
  readonly role: 'dialer' | 'listener'
  /** Bytes that may be unread on this side. */
  readonly window: number
  /** Seconds of silence before the other side is asked. */
  readonly heartbeat: number
  readonly carrier: Carrier
}

/** Times that a silent peer is asked before it counts as gone. */
const silences = 6

/** How long the last frames of a stream that is closed may take to be acknowledged, in milliseconds. */
const lingering = 10_000

/** One stream over ZeroMQ: a Duplex whose bytes travel in frames, under credit in both directions. */
export class ZmqStream extends Duplex implements Source {
  readonly #state: StreamState
  readonly #carrier: Carrier
  readonly #control: Control[] = []
  readonly #pending = new ByteQueue()
  readonly #inbox: Buffer[] = []
  readonly #pulse: NodeJS.Timeout
  #heard = performance.now()
  #hungry = false
  #ended = false
  #acknowledged = false
  #endGiven = false
  #reason: string | undefined
  #over = false
  #isSending = false
  #linger: NodeJS.Timeout | undefined
  #written: Callback | undefined
  #finished: Callback | undefined

  constructor({ id, role, window, heartbeat, carrier }: StreamStart) {
    super({ allowHalfOpen: true, highWaterMark: maxPayload })
    this.#state = new StreamState(id, role, window)
    this.#carrier = carrier
    this.#control.push(role === 'dialer' ? 'open' : 'accept')
    this.#pulse = setInterval(() => this.#beat(heartbeat * 1000), heartbeat * 1000).unref()
    this.#carrier.wake(this)
  }

  /** Bytes that came and were not yet taken by the reader. */
  get unread(): number {
    return this.#inbox.reduce((sum, { length }) => sum + length, this.readableLength)
  }

  /** Takes a message of the other side. */
  receive(message: Buffer): void {
    this.#heard = performance.now()
    this.#carrier.retry(this)
    // It is being told that this is over.
    if (this.#reason !== undefined) return
    const frame = decodeFrame(message)
    if (frame === undefined) return this.refuse('that is no frame')
    const event = this.#state.receive(frame)
    switch (event.kind) {
      case 'accepted':
        this.#carrier.accepted?.()
        break
      case 'data':
        this.#inbox.push(event.payload)
        this.#feed()
        break
      case 'ended':
        this.#ended = true
        this.#say('ended')
        this.#feed()
        break
      case 'acknowledged':
        this.#acknowledged = true
        break
      case 'asked':
        this.#say('pong')
        break
      case 'reset':
        return this.lost(event.reason === '' ? 'the other side closed the connection' : event.reason)
      case 'violation':
        return this.refuse(event.reason)
      case 'nothing':
    }
    this.#carrier.wake(this)
    this.#settle()
  }

  /** Tells the other side what it did wrong, and is over. */
  refuse(reason: string): void {
    this.#reason ??= reason
    this.#carrier.wake(this)
    this.destroy(broken(`the other side broke the protocol: ${reason}`))
  }

  /** The other side cannot be reached any more. What it had sent before it ended is still there to be read. */
  lost(reason: string): void {
    const complete = this.#ended && this.#acknowledged
    this.#finish()
    if (!complete) this.destroy(broken(reason))
  }

  next(): Buffer | undefined {
    const frame = this.#over ? undefined : this.#next()
    this.#isSending = frame !== undefined
    return frame
  }

  #next(): Buffer | undefined {
    if (this.#reason !== undefined) return resetFrame(this.#state.id, this.#reason)
    const control = this.#control.shift() ?? (this.#state.owesCredit ? 'credit' : undefined)
    if (control !== undefined) return this.#state.frame(control)
    const payload = this.#pending.take(this.#state.room)
    if (payload !== undefined) return this.#state.frame('data', payload)
    if (this.#finished === undefined || this.#endGiven || !this.#pending.isEmpty) return undefined
    this.#endGiven = true
    return this.#state.frame('end')
  }

  sent(): void {
    this.#isSending = false
    if (this.#reason !== undefined) return this.#finish()
    if (this.#pending.isEmpty) this.#settleWrites()
    this.#settle()
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], callback: Callback): void {
    for (const { chunk } of chunks) this.#pending.push(chunk)
    if (this.#pending.isEmpty) return callback()
    this.#written = callback
    this.#carrier.wake(this)
  }

  override _final(callback: Callback): void {
    this.#finished = callback
    this.#carrier.wake(this)
  }

  override _read(): void {
    this.#hungry = true
    this.#feed()
    if (this.#state.owesCredit) this.#carrier.wake(this)
  }

  override _destroy(error: Error | null, callback: Callback): void {
    clearInterval(this.#pulse)
    const complete = this.#ended && this.#endGiven && error === null
    if (!complete && !this.#over) {
      this.#reason ??= ''
      this.#carrier.wake(this)
    }
    // What both sides have ended lives on without its Duplex until each knows that the other knows.
    if (!this.#over) this.#linger = setTimeout(() => this.#finish(), lingering).unref()
    this.#settle()
    this.#inbox.length = 0
    this.#pending.clear()
    callback(error)
    this.#written?.(error ?? broken('the connection is closed'))
  }

  /** Hands on what came, as far as the reader takes it: what it has taken is what the other side gets new credit for. */
  #feed(): void {
    while (this.#hungry && !this.destroyed) {
      const payload = this.#inbox.shift()
      if (payload === undefined) break
      this.#state.read(payload.length)
      // The reader may ask for more within the push.
      this.#hungry = false
      if (this.push(payload)) this.#hungry = true
    }
    if (this.#hungry && this.#ended && !this.destroyed) {
      this.#hungry = false
      this.push(null)
    }
  }

  #say(type: Control): void {
    if (!this.#control.includes(type)) this.#control.push(type)
  }

  #settleWrites(): void {
    const written = this.#written
    this.#written = undefined
    written?.()
    if (!this.#endGiven) return
    const finished = this.#finished
    this.#finished = undefined
    finished?.()
  }

  #settle(): void {
    const isTold = this.#control.length === 0 && !this.#isSending
    if (this.destroyed && this.#ended && this.#acknowledged && isTold) this.#finish()
  }

  #finish(): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#linger)
    this.#carrier.over(this)
  }

  #beat(heartbeat: number): void {
    const silence = performance.now() - this.#heard
    if (silence > silences * heartbeat) return this.lost('the other side is silent')
    if (silence < heartbeat) return
    this.#say('ping')
    this.#carrier.wake(this)
  }
}

/** As a TCP socket says it. */
const broken = (reason: string): Error => Object.assign(new Error(reason), { code: 'ECONNRESET' })
