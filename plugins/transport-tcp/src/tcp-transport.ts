import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Transport, z } from '@prove/core'
import {
  cannotListen,
  formatSocketAddress,
  type HostAndPort,
  listening,
  readSocketAddress,
  unreachable,
  withDeadline,
} from '@prove/core/sockets'

const options = {
  connectTimeout: z
    .number()
    .positive()
    .max(3600)
    .default(10)
    .meta({ description: 'Seconds to wait for an answer when dialling.' }),
  keepAlive: z
    .number()
    .int()
    .min(0)
    .max(86_400)
    .default(60)
    .meta({ description: 'Seconds of silence after which the system asks whether the other side is there; 0: never.' }),
}

/** Half-open sockets let one direction end while the other goes on; without Nagle, small requests leave at once. */
const socketOptions = (keepAlive: number) => ({
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: keepAlive > 0,
  keepAliveInitialDelay: keepAlive * 1000,
})

/** Streams over plain TCP. It has no handshake of its own: who says nothing is the business of the layer above. */
export const tcpTransport: Transport<typeof options> = {
  name: 'tcp',
  about: 'Streams over plain TCP.',
  options,

  async listen(address, { keepAlive }, accept) {
    const { host, port } = readSocketAddress('tcp', address)
    const server = createServer(socketOptions(keepAlive), accept)
    await listening(server, { host, port }).catch((error: unknown) => {
      throw cannotListen(address, error)
    })
    return {
      address: formatSocketAddress('tcp', { host, port: (server.address() as AddressInfo).port }),
      close: async () => {
        // Its callback waits for open connections, which are not ours to end; no new one comes from here on.
        server.close()
      },
    }
  },

  async dial(address, { connectTimeout, keepAlive }, signal) {
    const where = readSocketAddress('tcp', address)
    return withDeadline(connectTimeout, signal, (stop) => connected(where, keepAlive, stop)).catch((error: unknown) => {
      throw unreachable(address, error)
    })
  },
}

/** A socket that is connected; when that is given up, nothing is left of it. */
const connected = ({ host, port }: HostAndPort, keepAlive: number, stop: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason as Error)
    const socket = connect({ host, port, ...socketOptions(keepAlive) })
    const giveUp = (): void => fail(stop.reason as Error)
    const fail = (error: Error): void => {
      stop.removeEventListener('abort', giveUp)
      // What it says from here on, such as that its other address answers neither, nobody listens to.
      socket.on('error', () => undefined).destroy()
      reject(error)
    }
    stop.addEventListener('abort', giveUp, { once: true })
    socket.once('error', fail)
    socket.once('connect', () => {
      stop.removeEventListener('abort', giveUp)
      socket.off('error', fail)
      resolve(socket)
    })
  })
