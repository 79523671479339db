import { decode } from '../wire/decode.js'
import { encode } from '../wire/encode.js'
import type { ConnectionId, Cookie, Packet } from '../wire/packet.js'

/** Milliseconds between a question and the same again; each time longer, up to the last. */
const pauses = [200, 300, 500, 800, 1000]

/** How dialling went: the id of who listens, or why there is none. */
export type Answer =
  | { readonly listener: ConnectionId; readonly answerTook: number | undefined }
  | { readonly refusal: 'full' | 'shut' }

/** The handshake of who dials: datagrams in, datagrams out, told the time in milliseconds. */
export class Dialling {
  #cookie: Cookie | undefined
  #answer: Answer | undefined
  #asked = 0
  #askedAt = -Infinity
  #repeatsAt = -Infinity

  constructor(private readonly dialler: ConnectionId) {}

  get answer(): Answer | undefined {
    return this.#answer
  }

  /** When `poll` is to be called next. */
  get deadline(): number {
    return this.#answer === undefined ? this.#repeatsAt : Infinity
  }

  receive(datagram: Buffer, now: number): void {
    const packet = decode(datagram)
    if (packet === undefined || this.#answer !== undefined) return
    if (!('dialler' in packet) || packet.dialler !== this.dialler) return
    if (packet.kind === 'cookie') this.#takeCookie(packet.cookie)
    if (packet.kind === 'refusal') this.#answer = { refusal: packet.isFull ? 'full' : 'shut' }
    if (packet.kind === 'welcome' && this.#cookie !== undefined) {
      this.#answer = { listener: packet.listener, answerTook: this.#asked === 1 ? now - this.#askedAt : undefined }
    }
  }

  /** The next datagram to send, until there is none. */
  poll(now: number): Buffer | undefined {
    if (now < this.deadline) return
    this.#repeatsAt = now + (pauses[Math.min(this.#asked, pauses.length - 1)] ?? 0)
    this.#asked++
    this.#askedAt = now
    return encode(this.#question())
  }

  #question(): Packet {
    const { dialler } = this
    return this.#cookie === undefined ? { kind: 'hello', dialler } : { kind: 'open', dialler, cookie: this.#cookie }
  }

  #takeCookie(cookie: Cookie): void {
    // Another one is for the case that the first is too old by now: it goes out when it is time to ask again.
    if (this.#cookie === undefined) {
      this.#asked = 0
      this.#repeatsAt = -Infinity
    }
    this.#cookie = cookie
  }
}
