import type { Duplex } from 'node:stream'
import type { Listener } from '@prove/core'
import { cannotListen, formatSocketAddress, type HostAndPort, readSocketAddress } from '@prove/core/sockets'
import type { Router } from 'zeromq'
import { decodeFrame, resetFrame } from './frame.js'
import { Gate, type GateKeeper, type Link } from './gate.js'
import { Outbox } from './outbox.js'
import { privatePath } from './private-path.js'
import { zeroMq } from './zeromq.js'
import type { ZmqOptions } from './zmq-options.js'
import { type Carrier, ZmqStream } from './zmq-stream.js'

/** How long a connection may stand after its stream is over, and a ROUTER may take to tell that a peer is gone, in milliseconds. */
const grace = 2000

/** Waits for others to dial. Throws PRV_TRANSPORT_ADDRESS and PRV_TRANSPORT_LISTEN. */
export const listenZmq = async (
  address: string,
  options: ZmqOptions,
  accept: (connection: Duplex) => void,
): Promise<Listener> => {
  const where = readSocketAddress('zmq', address)
  return listening(where, options, accept).catch((error: unknown) => {
    throw cannotListen(address, error)
  })
}

const listening = async (
  where: HostAndPort,
  options: ZmqOptions,
  accept: (connection: Duplex) => void,
): Promise<Listener> => {
  const { path, remove } = await privatePath('PRV_TRANSPORT_LISTEN')
  const router = (await zeroMq()).router(options)
  const peers = new Peers(router, options, accept)
  const gate = new Gate(path, peers)
  try {
    await router.bind(`ipc://${path}`)
    const at = await gate.listen(where)
    void peers.run()
    const close = async (): Promise<void> => {
      gate.close()
      peers.close()
      await remove()
    }
    return { address: formatSocketAddress('zmq', at), close }
  } catch (error) {
    router.close()
    await remove()
    throw error
  }
}

/** Who is connected: one link, and one stream over it. */
interface Peer {
  readonly link: Link
  stream?: ZmqStream
  /** It did not begin with a stream: nothing more of it is looked at. */
  isRefused?: boolean
  /** The connection is gone, and the ROUTER has not said so yet. */
  isGone?: boolean
  /** Cuts it off, or forgets it. */
  timer?: NodeJS.Timeout
}

/** What came is only looked at under the routing id that the gate gave: nobody speaks into the stream of another. */
class Peers implements GateKeeper, Carrier {
  readonly #peers = new Map<string, Peer>()
  readonly #outbox: Outbox<ZmqStream>
  readonly #owners = new Map<ZmqStream, Peer>()
  /** Who is connected and has not opened a stream yet. */
  readonly #halfOpen = new Set<Peer>()
  #closed = false

  constructor(
    private readonly router: Router,
    private readonly options: ZmqOptions,
    private readonly accept: (connection: Duplex) => void,
  ) {
    this.#outbox = new Outbox((stream, frame) => router.send([this.#owners.get(stream)?.link.identity ?? null, frame]))
  }

  arrived(link: Link): boolean {
    if (this.#closed || this.#halfOpen.size >= this.options.maxHalfOpen) return false
    const peer: Peer = { link }
    this.#halfOpen.add(peer)
    this.#peers.set(keyOf(link.identity), peer)
    this.#cutIn(peer, this.options.connectTimeout * 1000)
    return true
  }

  left({ identity }: Link, known: boolean): void {
    const key = keyOf(identity)
    const peer = this.#peers.get(key)
    if (peer === undefined) return
    clearTimeout(peer.timer)
    peer.isGone = true
    this.#halfOpen.delete(peer)
    // What it sent is still on its way through the ROUTER, and then the news that it is gone.
    if (known) peer.timer = setTimeout(() => this.#forget(key, peer), grace)
    else this.#forget(key, peer)
  }

  wake(stream: ZmqStream): void {
    this.#outbox.wake(stream)
  }

  retry(stream: ZmqStream): void {
    this.#outbox.retry(stream)
  }

  over(stream: ZmqStream): void {
    this.#outbox.forget(stream)
    const peer = this.#owners.get(stream)
    // Who dialled closes the connection when it has all that was sent.
    if (peer !== undefined) this.#cutIn(peer, grace)
  }

  /** Takes what comes, until the ROUTER is closed. */
  async run(): Promise<void> {
    for await (const [identity, message] of this.router) {
      if (identity === undefined || message === undefined) continue
      const key = keyOf(identity)
      const peer = this.#peers.get(key)
      if (peer === undefined) continue
      if (message.length === 0) this.#forget(key, peer)
      else if (peer.stream === undefined) this.#open(identity, peer, message)
      else peer.stream.receive(message)
    }
  }

  /** Takes nobody in from here on; the ROUTER is closed when the last stream is. */
  close(): void {
    this.#closed = true
    for (const peer of this.#halfOpen) peer.link.cut()
    this.#closeWhenEmpty()
  }

  #open(identity: Buffer, peer: Peer, message: Buffer): void {
    if (peer.isRefused === true) return
    const frame = decodeFrame(message)
    if (frame?.type !== 'open' || this.#closed) {
      const reason = this.#closed ? 'nobody listens here any more' : 'that stream is not known here'
      if (frame !== undefined) void this.#tell(identity, resetFrame(frame.stream, reason))
      peer.isRefused = true
      return this.#cutIn(peer, grace)
    }
    this.#halfOpen.delete(peer)
    clearTimeout(peer.timer)
    const { window, heartbeat } = this.options
    const stream = new ZmqStream({ id: Buffer.from(frame.stream), role: 'listener', window, heartbeat, carrier: this })
    this.#owners.set(stream, peer)
    peer.stream = stream
    stream.on('error', ignore).receive(message)
    if (stream.destroyed) return
    stream.off('error', ignore)
    this.accept(stream)
  }

  async #tell(identity: Buffer, frame: Buffer): Promise<void> {
    try {
      await this.router.send([identity, frame])
    } catch {
      // It is cut off soon; whether it hears why is its own affair.
    }
  }

  #cutIn(peer: Peer, ms: number): void {
    if (peer.isGone === true) return
    clearTimeout(peer.timer)
    peer.timer = setTimeout(() => peer.link.cut(), ms)
  }

  #forget(key: string, peer: Peer): void {
    clearTimeout(peer.timer)
    peer.link.cut()
    this.#peers.delete(key)
    this.#halfOpen.delete(peer)
    if (peer.stream !== undefined) {
      peer.stream.lost('the other side is gone')
      this.#owners.delete(peer.stream)
      clearTimeout(peer.timer)
    }
    this.#closeWhenEmpty()
  }

  #closeWhenEmpty(): void {
    if (this.#closed && this.#peers.size === 0) this.router.close()
  }
}

const ignore = (): void => undefined

const keyOf = (identity: Buffer): string => identity.toString('latin1')
