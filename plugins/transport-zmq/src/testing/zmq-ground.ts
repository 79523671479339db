import { once } from 'node:events'
import type { Duplex, Readable } from 'node:stream'
import { type Listener, z } from '@prove/core'
import type { ZmqOptions } from '../zmq-options.js'
import { zmqTransport } from '../zmq-transport.js'

/** Options as a configuration writes them. */
const optionsOf = (written: Partial<ZmqOptions> = {}): ZmqOptions =>
  z.strictObject(zmqTransport.options).parse({ connectTimeout: 5, ...written })

/** Listeners and connections of one test, gone when it ends. */
export class ZmqGround {
  readonly #listeners: Listener[] = []
  readonly #open: Duplex[] = []

  async listen(accept: (connection: Duplex) => void, written: Partial<ZmqOptions> = {}, address = 'zmq://127.0.0.1:0') {
    const listener = await zmqTransport.listen(address, optionsOf(written), (connection) => {
      accept(this.#keep(connection))
    })
    this.#listeners.push(listener)
    return listener
  }

  async dial(address: string, written: Partial<ZmqOptions> = {}, signal?: AbortSignal): Promise<Duplex> {
    return this.#keep(await zmqTransport.dial(address, optionsOf(written), signal))
  }

  /** Both ends of a connection, perhaps by way of another address. */
  async pair(written: Partial<ZmqOptions> = {}, by: (address: string) => Promise<string> = async (address) => address) {
    const taken: Duplex[] = []
    const listener = await this.listen((connection) => taken.push(connection), written)
    const dialled = await this.dial(await by(listener.address), written)
    const [accepted] = taken
    if (accepted === undefined) throw new Error('it was dialled, and not accepted')
    return { dialled, accepted, listener }
  }

  async clear(): Promise<void> {
    for (const connection of this.#open.splice(0)) connection.destroy()
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.close()))
  }

  #keep(connection: Duplex): Duplex {
    connection.on('error', () => undefined)
    this.#open.push(connection)
    return connection
  }
}

export const echo = (connection: Duplex): void => {
  connection.pipe(connection)
}

/** What comes for what was said, until the end. */
export const answerTo = async (connection: Duplex, said: string): Promise<string> => {
  const chunks: Buffer[] = []
  connection.on('data', (chunk: Buffer) => chunks.push(chunk))
  connection.end(said)
  await once(connection, 'end')
  return Buffer.concat(chunks).toString()
}

/** Resolves when it is closed. */
export const gone = async (stream: Readable): Promise<void> => {
  if (!stream.closed) await new Promise<void>((resolve) => stream.once('close', () => resolve()))
}

/** So many turns of the loop, in which something could happen if it were let. */
export const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
