import type { Duplex } from 'node:stream'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Listener, Transport } from '../contracts/transport.js'
import type { Relay } from './relay.js'
import { everything, pattern } from './streams.js'

/** What a transport brings to `transportSuite`. */
export interface TransportCases {
  /** Where to listen, on this machine: asked anew for each test; a port 0 or a fresh name. */
  readonly address: () => string
  /** As a configuration writes them. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Addresses that are not written as it needs them. */
  readonly malformed: readonly string[]
  /** Milliseconds that a test may take, where a minute is too short. */
  readonly timeout?: number
  /** A bad network before an address that is listened at; `tcpRelay` where it moves bytes over TCP. */
  readonly relay?: (listening: string) => Promise<Relay>
  /**
   * Opens raw bytes to who listens, below the transport's own handshake; for transports that have one. They close when who listens has
   * let go of them. How long a handshake may take is to be short in `options`.
   */
  readonly stranger?: (listening: string) => Promise<Duplex>
}

/** Bytes that may be on their way while the reader is slow: buffers of the system, and a little of our own. */
export const onTheWay = 16 * 1024 * 1024

/** Both ends of a connection. */
export interface Pair {
  readonly dialled: Duplex
  readonly accepted: Duplex
}

/** Listeners and connections of one test, gone when it ends. */
export class TransportGround {
  readonly #listeners: Listener[] = []
  readonly #open: Duplex[] = []
  readonly #relays: Relay[] = []
  #next: (connection: Duplex) => void = () => undefined
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

  /** Milliseconds that a test may take, where a minute is too short. */
  readonly timeout?: number
  /** A bad network before an address. */
  async relay(listening: string): Promise<Relay> {
    const relay = await this.cases.relay?.(listening)
    if (relay === undefined) throw new Error('there is no relay')
    this.#relays.push(relay)
    return relay
  }

  /** Both ends of a connection, with a bad network between. */
  async relayed(): Promise<Pair & { readonly relay: Relay; readonly listener: Listener }> {
    const listener = await this.#listenForNext()
    const relay = await this.relay(listener.address)
    return { relay, listener, ...(await this.another(relay.address)) }
  }

  /** Both ends of one more connection to the listener of `pair` or `relayed`. */
  async another(address: string): Promise<Pair> {
    const accepted = new Promise<Duplex>((resolve) => {
      this.#next = resolve
    })
    return { dialled: await this.dial(address), accepted: await accepted }
  }

  async pair(): Promise<Pair> {
    const { address } = await this.#listenForNext()
    return this.another(address)
  }

  #listenForNext(): Promise<Listener> {
    return this.listen((connection) => this.#next(connection))
  }

  async clear(): Promise<void> {
    for (const connection of this.#open.splice(0)) connection.destroy()
    await Promise.all(this.#relays.splice(0).map((relay) => relay.close()))
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

/** So many bytes each way at the same time: all of them arrive, as they were sent, and then the end. */
export const exchange = async ({ dialled, accepted }: Pair, bytes: number): Promise<void> => {
  const there = pattern(bytes, 1)
  const back = pattern(bytes, 2)
  dialled.end(there)
  accepted.end(back)
  const [atAccepted, atDialled] = await Promise.all([everything(accepted), everything(dialled)])
  expect(atAccepted.equals(there)).toBe(true)
  expect(atDialled.equals(back)).toBe(true)
}
