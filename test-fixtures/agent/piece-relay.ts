import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** Stands between a master and an agent, and says when the n-th piece of what they say has passed. */
export class PieceRelay {
  passed = 0
  readonly #sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  /** `onPiece` is told the number of each piece, from 1, in both directions and over all connections together. */
  static async before(port: number, onPiece: (n: number) => void): Promise<PieceRelay> {
    const server = createServer({ noDelay: true })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const relay = new PieceRelay(server, `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`)
    server.on('connection', (near: Socket) => {
      const far = connect({ port, host: '127.0.0.1', noDelay: true })
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        relay.#sockets.add(from)
        from.on('error', () => to.destroy())
        from.on('close', () => to.destroy())
        from.on('data', (bytes: Buffer) => {
          to.write(bytes)
          relay.passed += 1
          onPiece(relay.passed)
        })
      }
    })
    return relay
  }

  close(): void {
    this.server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}
