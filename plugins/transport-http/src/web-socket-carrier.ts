import type { RawData, WebSocket } from 'ws'
import type { Carrier } from './carrier.js'
import { type HttpOptions, holdOf } from './http-options.js'
import { longestMessage } from './messages.js'

/** What both sides set: no compression, which tells secrets by lengths, and no message longer than ours. */
export const webSocketOptions = {
  perMessageDeflate: false,
  maxPayload: longestMessage,
  skipUTF8Validation: true,
  closeTimeout: 5000,
} as const

/** The name under which both sides know each other in the upgrade. */
export const subprotocol = 'prove.1'

/** Each message is one of the WebSocket. When nothing is heard the other side is asked, and given up in the end. */
export class WebSocketCarrier implements Carrier {
  onMessage: (message: Buffer) => void = () => undefined
  onClosed: (error: Error) => void = () => undefined
  #heard = performance.now()
  #problem: Error | undefined

  constructor(
    private readonly socket: WebSocket,
    options: HttpOptions,
  ) {
    const timer = setInterval(() => this.#ask(options.silence * 1000), holdOf(options)).unref()
    const hear = (): void => {
      this.#heard = performance.now()
    }
    socket.on('message', (message: RawData, isBinary) => {
      hear()
      if (isBinary) this.onMessage(message as Buffer)
      else this.#giveUp(new Error('the other side sent text'))
    })
    socket.on('ping', hear)
    socket.on('pong', hear)
    socket.on('error', (error) => (this.#problem ??= error))
    socket.once('close', () => {
      clearInterval(timer)
      this.onClosed(this.#problem ?? new Error('the connection was closed by the other side before its end'))
    })
  }

  send(message: Buffer, taken: (error?: Error | null) => void): void {
    this.socket.send(message, taken)
  }

  finish(): void {
    this.socket.close(1000)
  }

  abort(): void {
    this.socket.terminate()
  }

  #ask(silence: number): void {
    if (performance.now() - this.#heard > silence) this.#giveUp(new Error('nothing was heard of the other side'))
    else if (this.socket.readyState === this.socket.OPEN) this.socket.ping()
  }

  #giveUp(error: Error): void {
    this.#problem ??= error
    this.socket.terminate()
  }
}
