import type { Duplex } from 'node:stream'
import { z } from 'zod'
import type { Listener, Transport } from '../contracts/transport.js'

/** What a transport brings to `transportSuite`. */
export interface TransportCases {
  /** Where to listen, on this machine: asked anew for each test; a port 0 or a fresh name. */
  readonly address: () => string
  /** As a configuration writes them. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Addresses that are not written as it needs them. */
  readonly malformed: readonly string[]
}

/** Both ends of a connection. */
export interface Pair {
  readonly dialled: Duplex
  readonly accepted: Duplex
}

/** Listeners and connections of one test, gone when it ends. */
export class TransportGround {
  readonly #listeners: Listener[] = []
  readonly #open: Duplex[] = []
  readonly #options: Record<string, unknown>

  constructor(
    readonly transport: Transport,
    private readonly cases: TransportCases,
  ) {
    this.#options = z.strictObject(transport.options).parse(cases.options ?? {})
  }

  async listen(accept: (connection: Duplex) => void = () => undefined, address = this.cases.address()) {
    const listener = await this.transport.listen(address, this.#options, (connection) => {
      this.#keep(connection)
      accept(connection)
    })
    this.#listeners.push(listener)
    return listener
  }

  async dial(address: string, signal?: AbortSignal): Promise<Duplex> {
    return this.#keep(await this.transport.dial(address, this.#options, signal))
  }

  async pair(): Promise<Pair> {
    let taken: (connection: Duplex) => void = () => undefined
    const accepted = new Promise<Duplex>((resolve) => {
      taken = resolve
    })
    const { address } = await this.listen(taken)
    return { dialled: await this.dial(address), accepted: await accepted }
  }

  async clear(): Promise<void> {
    for (const connection of this.#open.splice(0)) connection.destroy()
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.close()))
  }

  /** An error of a connection is told by its close; one that nobody hears would end the tests. */
  #keep(connection: Duplex): Duplex {
    connection.on('error', () => undefined)
    this.#open.push(connection)
    return connection
  }
}

/** Each end as the writer, once. */
export const bothWays = (pair: Pair): readonly (readonly [from: Duplex, to: Duplex])[] => [
  [pair.dialled, pair.accepted],
  [pair.accepted, pair.dialled],
]
