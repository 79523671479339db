import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** A bad network of one test: it stands between who dials and who listens, and does to their bytes what the test tells it. */
export interface Relay {
  /** What to dial in place of the address it leads to. */
  readonly address: string
  /** Bytes that passed so far, both ways together. */
  readonly passed: number
  /** From now on everything takes so many milliseconds longer, each way. */
  delay(ms: number): void
  /** Every connection through it is torn now; who dials after that gets through. */
  cut(): void
  /** Nothing passes, and nobody is told: both sides are left with a connection that is half open. */
  freeze(): void
  /** What was held back passes, and what comes after it. */
  thaw(): void
  /** Every connection through it is torn, and nobody gets through any more. */
  close(): Promise<void>
}

/** Bytes that a relay takes up, each way of a connection, before it passes them on. */
const window = 1024 * 1024

const addressPattern = /^([a-z][a-z0-9-]*:\/\/)(?:\[([^\]]+)\]|([^:/]+)):(\d+)(.*)$/

/** A relay for transports over TCP, before an address of the form `scheme://host:port` with anything behind it. */
export const tcpRelay = async (listening: string): Promise<Relay> => {
  const [, scheme, bracketed, plain, port, rest = ''] = addressPattern.exec(listening) ?? []
  const host = bracketed ?? plain
  if (host === undefined) throw new Error(`no host and port in "${listening}"`)
  const server = createServer({ allowHalfOpen: true, noDelay: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: own } = server.address() as AddressInfo
  return new TcpRelay(server, { host, port: Number(port) }, `${scheme}127.0.0.1:${own}${rest}`)
}

class TcpRelay implements Relay {
  passed = 0
  readonly #sockets = new Set<Socket>()
  #delay = 0
  #thawed: Promise<void> | undefined
  #thaw: () => void = () => undefined

  constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
    readonly address: string,
  ) {
    server.on('connection', (socket) => void this.#join(this.#keep(socket)))
  }

  delay(ms: number): void {
    this.#delay = ms
  }

  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  freeze(): void {
    this.#thawed ??= new Promise((resolve) => {
      this.#thaw = resolve
    })
  }

  thaw(): void {
    this.#thawed = undefined
    this.#thaw()
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.cut()
    this.thaw()
    await closed
  }

  async #join(near: Socket): Promise<void> {
    await this.#thawed
    const far = this.#keep(connect({ ...this.target, allowHalfOpen: true, noDelay: true }))
    if (!this.server.listening) return this.cut()
    this.#carry(near, far)
    this.#carry(far, near)
  }

  /** What comes from one side goes to the other in its order, each thing when its time has come. */
  #carry(from: Socket, to: Socket): void {
    let held = 0
    let last = Promise.resolve()
    const pass = (act: () => unknown): void => {
      const due = performance.now() + this.#delay
      last = last.then(async () => {
        await this.#until(due)
        await act()
      })
    }
    from.on('data', (bytes: Buffer) => {
      held += bytes.length
      if (held > window) from.pause()
      pass(async () => {
        if (!to.destroyed && !to.write(bytes)) await Promise.race([once(to, 'drain'), once(to, 'close')])
        this.passed += bytes.length
        held -= bytes.length
        if (held <= window) from.resume()
      })
    })
    from.once('end', () => pass(() => to.end()))
    from.once('close', () => pass(() => isDone(from) || to.resetAndDestroy()))
  }

  async #until(due: number): Promise<void> {
    // A timer may end a little early, and knows whole milliseconds only.
    for (let wait = due - performance.now(); wait > 0; wait = due - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(wait)))
    }
    while (this.#thawed !== undefined) await this.#thawed
  }

  /** An error of a socket is told to the other side by its close. */
  #keep(socket: Socket): Socket {
    this.#sockets.add(socket)
    return socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket))
  }
}

/** Whether both directions ended as they should. */
const isDone = (socket: Socket): boolean => socket.readableEnded && socket.writableFinished
