import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { performance } from 'node:perf_hooks'
import type { Duplex } from 'node:stream'
import { formatSocketAddress, type HostAndPort } from '@prove/core/sockets'
import { Cookies } from './handshake/cookies.js'
import { Door, type DoorLimits, type Seat } from './handshake/door.js'
import type { Peer } from './handshake/peer.js'
import { StreamDriver } from './stream-driver.js'
import { UdpDuplex } from './udp-duplex.js'
import { ready, socketFor } from './udp-socket.js'

type Accept = (connection: Duplex) => void

/** Ports of this process by address, until the last connection of each has ended. */
const ports = new Map<string, UdpPort>()

/** A socket that waits for others to dial, with all the connections that came of it. */
export class UdpPort {
  readonly #drivers = new Map<Seat, StreamDriver>()
  #users = 0
  #isShut = false

  private constructor(
    private readonly socket: Socket,
    private readonly door: Door,
    private accept: Accept,
    readonly address: string,
  ) {
    socket.on('message', (datagram, from) => this.#receive(datagram, from))
    // What cannot be received is lost, as much else is.
    socket.on('error', () => undefined)
    ports.set(address, this)
  }

  /** Listens; rejects when that address cannot be had. */
  static async open(where: HostAndPort, limits: DoorLimits, accept: Accept): Promise<UdpPort> {
    const draining = ports.get(formatSocketAddress('udp', where))
    if (draining !== undefined && draining.#isShut) return draining.#reopen(limits, accept)
    const socket = socketFor(where.host)
    await ready(socket, (done) => socket.bind(where.port, where.host, done))
    const door = new Door(limits, new Cookies(performance.now()), newConnectionId)
    const { port } = socket.address()
    return new UdpPort(socket, door, accept, formatSocketAddress('udp', { host: where.host, port }))
  }

  /** Nobody gets in any more; the socket stays for those who are in. */
  shut(): void {
    this.#isShut = true
    this.door.shut()
    this.#leaveIfDone()
  }

  #reopen(limits: DoorLimits, accept: Accept): this {
    this.#isShut = false
    this.accept = accept
    this.door.reopen(limits)
    this.socket.ref()
    return this
  }

  #receive(datagram: Buffer, from: Peer): void {
    const { answer, seat, isNew } = this.door.receive(datagram, from, performance.now())
    if (answer !== undefined) this.#send(answer, from)
    if (seat === undefined) return
    if (isNew === true) this.#welcome(seat, new StreamDriver(seat.stream))
    else this.#drivers.get(seat)?.wake()
  }

  #welcome(seat: Seat, driver: StreamDriver): void {
    this.#drivers.set(seat, driver)
    this.#users++
    const connection = new UdpDuplex(driver, () => {
      this.#users--
      this.#leaveIfDone()
    })
    driver.begin({
      send: (datagram) => this.#send(datagram, seat.peer),
      settle: connection.settle,
      closed: () => {
        this.#drivers.delete(seat)
        this.door.forget(seat)
        this.#leaveIfDone()
      },
    })
    this.accept(connection)
  }

  #send(datagram: Buffer, { address, port }: Peer): void {
    this.socket.send(datagram, port, address, ignore)
  }

  /** A socket that nobody uses keeps no process alive, and is closed when there is nothing left to say either. */
  #leaveIfDone(): void {
    if (!this.#isShut) return
    if (this.#users === 0) this.socket.unref()
    if (this.#drivers.size > 0) return
    if (this.door.waiting > 0) {
      setTimeout(
        () => {
          this.door.sweep(performance.now())
          this.#leaveIfDone()
        },
        this.door.deadline - performance.now() + 1,
      ).unref()
      return
    }
    if (ports.get(this.address) !== this) return
    ports.delete(this.address)
    this.socket.close()
  }
}

/** 64 bits that nobody guesses. */
export const newConnectionId = (): string => randomBytes(8).toString('latin1')

/** A datagram that cannot be sent is as lost as any other. */
const ignore = (): void => undefined
