import { type Listener, ProveError, type Transport } from '@prove/core'
import { cannotListen, unreachable, withDeadline } from '@prove/core/sockets'
import { dialLink } from './dial.js'
import { formatHttpAddress, readHttpAddress, type Scheme } from './http-address.js'
import { HttpDoor } from './http-door.js'
import { HttpLink } from './http-link.js'
import { httpOptions } from './http-options.js'

type HttpTransport = Transport<typeof httpOptions>

/** Doors that take nobody new, and wait for polls that are under way, by host, port and path. */
const closing = new Map<string, HttpDoor>()

const dialBy =
  (scheme: Scheme): HttpTransport['dial'] =>
  async (address, options, signal) => {
    const link = new HttpLink(scheme, readHttpAddress(scheme, address), options.anyCertificate)
    try {
      return await withDeadline(options.connectTimeout, signal, (stop) => dialLink(link, options, stop))
    } catch (error) {
      throw isOfCertificate(error) ? untrusted(address, error) : unreachable(address, error)
    }
  }

const isOfCertificate = (error: unknown): error is Error =>
  error instanceof Error && /CERT|SIGNATURE/.test((error as NodeJS.ErrnoException).code ?? '')

const untrusted = (address: string, error: Error): ProveError =>
  new ProveError('PRV_TRANSPORT_UNREACHABLE', `the certificate at "${address}" is not trusted: ${error.message}`, {
    hint: 'give the proxy a certificate that this host trusts, or set "anyCertificate": the connection inside is secured by itself',
    cause: error,
  })

/** WebSocket, or a poll where nothing else gets through. */
export const httpTransport: HttpTransport = {
  name: 'http',
  about: 'Streams over HTTP: by WebSocket, or by long poll where a proxy lets no WebSocket through.',
  options: httpOptions,
  dial: dialBy('http'),

  async listen(address, options, accept): Promise<Listener> {
    const asked = readHttpAddress('http', address)
    const old = closing.get(formatHttpAddress('http', asked))
    const door =
      old ??
      (await HttpDoor.at(asked, options).catch((error: unknown) => {
        throw cannotListen(address, error)
      }))
    const found = formatHttpAddress('http', { ...asked, port: door.port })
    closing.delete(found)
    door.open(accept)
    return {
      address: found,
      close: async () => {
        closing.set(found, door)
        door.close(() => closing.delete(found))
      },
    }
  },
}

/** The same where a reverse proxy speaks TLS to the outside: it dials only. */
export const httpsTransport: HttpTransport = {
  ...httpTransport,
  name: 'https',
  about: 'Dials "http" through a reverse proxy that speaks TLS.',
  dial: dialBy('https'),

  async listen(address) {
    readHttpAddress('https', address)
    throw new ProveError('PRV_TRANSPORT_LISTEN', `cannot listen at "${address}": "https" only dials`, {
      hint: 'listen at an address of "http", and let a reverse proxy speak TLS before it',
    })
  },
}
