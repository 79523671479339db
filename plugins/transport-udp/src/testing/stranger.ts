import type { Socket } from 'node:dgram'
import { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { readSocketAddress } from '@prove/core/sockets'
import { type Answer, Dialling } from '../handshake/dialling.js'
import { shakeHands } from '../udp-dial.js'
import { newConnectionId } from '../udp-port.js'
import { ready, socketFor } from '../udp-socket.js'
import { encode } from '../wire/encode.js'

/** Bytes of the largest datagram there can be over IPv4: many times what the transport takes. */
const largest = 65_507

/** Milliseconds between two looks whether the place is still kept. */
const betweenLooks = 200

/**
 * Who shook hands with a listener, which keeps a place for it, and then sends anything but the first word that would make a stream of
 * it. It closes when the listener keeps that place no more.
 */
export const strangerAt = async (listening: string): Promise<Duplex> => {
  const { host, port } = readSocketAddress('udp', listening)
  const socket = socketFor(host)
  await ready(socket, (done) => socket.connect(port, host, done))
  const stranger = new Stranger(socket, newConnectionId())
  await stranger.takePlace()
  return stranger
}

class Stranger extends Duplex {
  readonly #gaveUp = new AbortController()
  #place = ''

  constructor(
    private readonly socket: Socket,
    private readonly dialler: string,
  ) {
    super()
  }

  async takePlace(): Promise<void> {
    const answer = await this.#ask()
    if ('refusal' in answer) throw new Error(`refused: ${answer.refusal}`)
    this.#place = answer.listener
    void this.#watch()
  }

  override _read(): void {
    // Nothing is said to it, but that its place is kept.
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(bytes, done)
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.#gaveUp.abort(new Error('given up'))
    this.socket.close()
    done()
  }

  /** As few datagrams as there can be, one after the other. */
  #send(bytes: Buffer, done: () => void): void {
    if (bytes.length === 0 || this.destroyed) return done()
    this.socket.send(bytes.subarray(0, largest), () => this.#send(bytes.subarray(largest), done))
  }

  /** The same question gets the same answer for as long as the place is kept. */
  async #ask(): Promise<Answer> {
    try {
      return await shakeHands(this.socket, new Dialling(this.dialler), this.#gaveUp.signal)
    } finally {
      // What the system says until the next look, that look is told again.
      this.socket.on('error', () => undefined)
    }
  }

  async #watch(): Promise<void> {
    while (await this.#isKept()) await pause(betweenLooks)
    this.destroy()
  }

  async #isKept(): Promise<boolean> {
    // Nobody is there any more where the system says that the port is closed.
    const answer = await this.#ask().catch(() => undefined)
    if (answer === undefined) return false
    // Who takes nobody else does not tell; the port closes when no place is left.
    if ('refusal' in answer) return answer.refusal === 'shut'
    if (answer.listener === this.#place) return true
    // It was let go of, and took another place by asking.
    this.socket.send(encode({ kind: 'reset', to: answer.listener }), () => undefined)
    return false
  }
}
