import type { Duplex } from 'node:stream'
import { type Listener, type Transport, z } from '@prove/core'
import { httpTransport } from '../http-transport.js'

/** Connections and listeners of one test. */
export class HttpGround {
  readonly accepted: Duplex[] = []
  readonly #open: Duplex[] = []
  readonly #listeners: Listener[] = []
  readonly #closing: (() => unknown)[] = []
  #next: (connection: Duplex) => void = () => undefined

  options(given: Record<string, unknown> = {}) {
    return z.strictObject(httpTransport.options).parse({ silence: 2, handshakeTimeout: 0.5, ...given })
  }

  async listen(given?: Record<string, unknown>, accept: (connection: Duplex) => void = () => undefined) {
    const listener = await httpTransport.listen('http://127.0.0.1:0/prove', this.options(given), (connection) => {
      this.accepted.push(this.#keep(connection))
      accept(connection)
      this.#next(connection)
    })
    this.#listeners.push(listener)
    return listener.address
  }

  /** The next connection that comes to a listener. */
  next(): Promise<Duplex> {
    return new Promise((resolve) => {
      this.#next = resolve
    })
  }

  async dial(address: string, given?: Record<string, unknown>, transport: Transport = httpTransport): Promise<Duplex> {
    return this.#keep(await transport.dial(address, this.options(given)))
  }

  /** Something to do at the end. */
  later(close: () => unknown): void {
    this.#closing.push(close)
  }

  async clear(): Promise<void> {
    for (const connection of this.#open.splice(0)) connection.destroy()
    for (const listener of this.#listeners.splice(0)) await listener.close()
    for (const close of this.#closing.splice(0)) await close()
    this.accepted.length = 0
  }

  #keep(connection: Duplex): Duplex {
    this.#open.push(connection.on('error', () => undefined))
    return connection
  }
}

/** Sends back what comes. */
export const echo = (connection: Duplex): void => {
  connection.pipe(connection)
}

/** All that comes until the end. */
export const everything = async (stream: Duplex): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Resolves when the stream is closed, whether it failed or not. */
export const gone = (stream: Duplex): Promise<void> =>
  new Promise((resolve) => {
    if (stream.closed) resolve()
    else stream.once('close', resolve)
  })
