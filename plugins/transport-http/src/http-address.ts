import { ProveError } from '@prove/core'
import { formatHostAndPort, type HostAndPort, readHostAndPort } from '@prove/core/sockets'

export type Scheme = 'http' | 'https'

/** Where a listener is found. */
export interface HttpAddress extends HostAndPort {
  /** Begins with a slash. */
  readonly path: string
}

const usualPort = { http: 80, https: 443 } as const

const pattern = /^(https?):\/\/(\[[^\]/]*\]|[^/:?#@]+)(?::(\d{1,5}))?(\/[\w.~!$&'()*+,;=:@%/-]*)?$/

/** Reads `http://host:port/path`; without a port it is 80, or 443 for `https`, without a path `/`. Throws PRV_TRANSPORT_ADDRESS. */
export const readHttpAddress = (scheme: Scheme, address: string): HttpAddress => {
  const [, written, host = '', port = usualPort[scheme], path = '/'] = pattern.exec(address) ?? []
  const where = written === scheme ? readHostAndPort(`${host}:${port}`) : undefined
  if (where !== undefined) return { ...where, path }
  throw new ProveError('PRV_TRANSPORT_ADDRESS', `"${address}" is no address of the transport "${scheme}"`, {
    hint: `write it as ${scheme}://host:4505/path; an address of IPv6 stands in brackets, and no query or user belongs to it`,
  })
}

/** The same as text; the port is always there. */
export const formatHttpAddress = (scheme: Scheme, { host, port, path }: HttpAddress): string =>
  `${scheme}://${formatHostAndPort({ host, port })}${path}`
