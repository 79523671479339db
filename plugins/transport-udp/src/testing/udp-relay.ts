import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import type { Relay } from '@prove/core/testing'
import { formatSocketAddress, type HostAndPort, readSocketAddress } from '@prove/core/sockets'

/** What a network does to datagrams by chance; each a share of all of them. */
export interface Weather {
  /** Milliseconds each way. */
  readonly delay: number
  readonly loss: number
  readonly duplication: number
  /** Those overtaken by others: they take up to so many milliseconds longer. */
  readonly reordering: number
  readonly lateness: number
}

/** Datagrams of one relay on their way at most, or held back by it: a network that is full drops what else comes. */
const room = 4096

/** A bad network for datagrams, before an address that is listened at. */
export const udpRelay = async (listening: string, weather?: Weather): Promise<Relay> => {
  const near = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  near.bind(0, '127.0.0.1')
  await once(near, 'listening')
  const address = formatSocketAddress('udp', { host: '127.0.0.1', port: near.address().port })
  return new UdpRelay(near, readSocketAddress('udp', listening), address, weather)
}

interface Pending {
  readonly due: number
  readonly pass: () => void
}

class UdpRelay implements Relay {
  passed = 0
  /** Sockets towards who listens, by the port of who dials; `undefined` for one that was cut off. */
  readonly #far = new Map<number, Socket | undefined>()
  #pending: Pending[] = []
  #delay: number
  #isFrozen = false
  #isClosed = false
  #isTicking = false

  constructor(
    private readonly near: Socket,
    private readonly target: HostAndPort,
    readonly address: string,
    private readonly weather: Weather | undefined,
  ) {
    this.#delay = weather?.delay ?? 0
    near.on('message', (datagram, { port }) => {
      const far = this.#far.has(port) ? this.#far.get(port) : this.#join(port)
      if (far !== undefined)
        this.#carry(datagram, () => this.#isOpen(port) && far.send(datagram, this.target.port, this.target.host))
    })
  }

  delay(ms: number): void {
    this.#delay = ms
  }

  cut(): void {
    for (const [port, far] of this.#far) {
      far?.close()
      this.#far.set(port, undefined)
    }
  }

  freeze(): void {
    this.#isFrozen = true
  }

  thaw(): void {
    this.#isFrozen = false
    this.#tick()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.cut()
    this.#pending = []
    this.near.close()
    await once(this.near, 'close')
  }

  #join(port: number): Socket {
    const far = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
    this.#far.set(port, far)
    far.on('error', () => undefined)
    far.bind(0, '127.0.0.1')
    far.on('message', (datagram) =>
      this.#carry(datagram, () => !this.#isClosed && this.near.send(datagram, port, '127.0.0.1')),
    )
    return far
  }

  #isOpen(port: number): boolean {
    return this.#far.get(port) !== undefined
  }

  #carry(datagram: Buffer, send: () => unknown): void {
    const { loss = 0, duplication = 0, reordering = 0, lateness = 0 } = this.weather ?? {}
    if (Math.random() < loss || this.#pending.length >= room) return
    const pass = (): void => {
      this.passed += datagram.length
      send()
    }
    for (let copies = Math.random() < duplication ? 2 : 1; copies > 0; copies--) {
      const late = Math.random() < reordering ? Math.random() * lateness : 0
      this.#pending.push({ due: performance.now() + this.#delay + late, pass })
    }
    this.#tick()
  }

  /** Passes on what is due, once each turn of the loop while something waits: timers of a millisecond would make every way longer. */
  #tick(): void {
    if (this.#isTicking || this.#isFrozen || this.#pending.length === 0) return
    this.#isTicking = true
    setImmediate(() => {
      this.#isTicking = false
      if (this.#isFrozen) return
      const now = performance.now()
      const due = this.#pending.filter((one) => one.due <= now)
      if (due.length > 0) this.#pending = this.#pending.filter((one) => one.due > now)
      for (const { pass } of due) pass()
      this.#tick()
    })
  }
}
