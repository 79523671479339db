import { randomBytes } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { type HostAndPort, listening } from '@prove/core/sockets'
import { bridge } from './bridge.js'
import { maxFrame } from './frame.js'
import { ZmtpInspector } from './zmtp-inspector.js'

/** The connection of one peer, from the network to the ROUTER behind the gate. */
export interface Link {
  /** By which the ROUTER knows the peer: 16 bytes that the peer can neither choose nor learn. */
  readonly identity: Buffer
  /** Cuts it. */
  cut(): void
}

/** What a gate tells of its links. */
export interface GateKeeper {
  /** Somebody connects; false turns them away. */
  arrived(link: Link): boolean
  /** The connection is gone. `known` is whether the ROUTER knew of it. */
  left(link: Link, known: boolean): void
}

/**
 * What listens on the network in front of a ROUTER, which itself waits at a path that only this user may reach. It hands on the bytes
 * of each peer as far as they are sound, can cut off a single peer, and can stop listening while connections live on: libzmq does neither.
 */
export class Gate {
  readonly #server: Server

  constructor(
    private readonly path: string,
    private readonly keeper: GateKeeper,
  ) {
    this.#server = createServer({ noDelay: true }, (socket) => this.#admit(socket))
  }

  /** Where it listens, in the end. Rejects with what the system says. */
  async listen({ host, port }: HostAndPort): Promise<HostAndPort> {
    // A later error, such as that for want of descriptors one could not be accepted, is the loss of who dialled.
    await listening(this.#server, { host, port })
    return { host, port: (this.#server.address() as AddressInfo).port }
  }

  /** Nobody can connect from here on. */
  close(): void {
    this.#server.close()
  }

  #admit(outer: Socket): void {
    const identity = randomBytes(16)
    // Routing ids that begin with 0 are those that libzmq makes.
    identity[0] = (identity[0] ?? 0) | 1
    const inspector = new ZmtpInspector('DEALER', identity, maxFrame)
    const inner = connect({ path: this.path })
    const link: Link = { identity, cut: () => outer.destroy() }
    if (!this.keeper.arrived(link)) {
      inner.destroy()
      outer.destroy()
      return
    }
    bridge(outer, inner, inspector)
    outer.once('close', () => this.keeper.left(link, inspector.ready))
  }
}
