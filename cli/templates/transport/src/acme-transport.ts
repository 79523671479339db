import { type AddressInfo, connect, createServer, type ListenOptions, type Server } from 'node:net'
import { messageOf, ProveError, type Transport, z } from '@prove/core'
import { formatAddress, parseAddress } from './acme-address.js'

const options = {
  connectTimeout: z
    .number()
    .positive()
    .default(10)
    .meta({ description: 'Seconds to wait for an answer when dialling.' }),
}

/** Moves bytes over TCP. Put your own way of moving them in place of the sockets, and keep to the suite. */
export const acmeTransport: Transport<typeof options> = {
  name: 'acme',
  about: 'Streams over plain TCP.',
  options,

  async listen(address, _options, accept) {
    const { host, port } = parseAddress(address)
    // Half-open sockets let one direction end while the other goes on; without Nagle, small requests leave at once.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept)
    await listening(server, { host, port }).catch((error: unknown) => {
      throw new ProveError('PRV_TRANSPORT_LISTEN', `cannot listen at "${address}": ${messageOf(error)}`, {
        hint: 'choose another port, or stop what listens there',
        cause: error,
      })
    })
    return {
      address: formatAddress({ host, port: (server.address() as AddressInfo).port }),
      close: async () => {
        // Its callback waits for open connections, which are not ours to end; no new one comes from here on.
        server.close()
      },
    }
  },

  async dial(address, { connectTimeout }, signal) {
    const { host, port } = parseAddress(address)
    const stop = AbortSignal.any([
      AbortSignal.timeout(connectTimeout * 1000),
      ...(signal === undefined ? [] : [signal]),
    ])
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true })
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        socket.destroy()
        reject(
          new ProveError('PRV_TRANSPORT_UNREACHABLE', `nobody answers at "${address}": ${messageOf(error)}`, {
            hint: 'check that the other side runs, and that no firewall is between',
            cause: error,
          }),
        )
      }
      const giveUp = (): void => fail(stop.reason)
      if (stop.aborted) return giveUp()
      stop.addEventListener('abort', giveUp, { once: true })
      socket.once('error', fail)
      socket.once('connect', () => {
        stop.removeEventListener('abort', giveUp)
        socket.off('error', fail)
        resolve(socket)
      })
    })
  },
}

const listening = (server: Server, where: ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => {
      server.off('error', reject)
      resolve()
    })
  })
