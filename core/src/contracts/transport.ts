import type { Duplex } from 'node:stream'
import type { z } from 'zod'

/** What waits for others to dial. */
export interface Listener {
  /** What others dial: the address asked for, with what was chosen for it, such as a port. */
  readonly address: string
  /** Resolves when nobody can dial any more. Open connections live on: who accepted them ends them. */
  close(): Promise<void>
}

/**
 * A way for master and agent to talk. It only moves bytes: each connection is a reliable, ordered stream in both directions,
 * and TLS 1.3 runs over it, so that nothing it does or fails to do can weaken who is trusted. Either side may dial.
 *
 * A connection heeds back pressure both ways, and can be ended in one direction while the other goes on. When the other side is
 * gone it ends, or fails, and closes: never silently. Nothing is buffered without bound.
 */
export interface Transport<S extends z.ZodRawShape = z.ZodRawShape> {
  /** The scheme of its addresses: `tcp` for `tcp://host:4505`. */
  readonly name: string
  readonly about: string
  /** What tunes it, whoever dials; where to is the address. */
  readonly options: S
  /**
   * `accept` is called with each connection, and takes it up at once: it listens for errors before it returns. Throws
   * PRV_TRANSPORT_ADDRESS, or PRV_TRANSPORT_LISTEN when it cannot listen there.
   */
  listen(address: string, options: z.output<z.ZodObject<S>>, accept: (connection: Duplex) => void): Promise<Listener>
  /**
   * Resolves when the other side has taken the connection. Throws PRV_TRANSPORT_ADDRESS, or PRV_TRANSPORT_UNREACHABLE when nobody
   * answers; `signal` gives up waiting, and leaves nothing behind.
   */
  dial(address: string, options: z.output<z.ZodObject<S>>, signal?: AbortSignal): Promise<Duplex>
}
