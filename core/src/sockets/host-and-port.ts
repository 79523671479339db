import { ProveError } from '../error.js'

/** Where a socket listens, or leads to. */
export interface HostAndPort {
  /** A name, or an address; one of IPv6 without brackets. */
  readonly host: string
  readonly port: number
}

/** `host:port`, where a host that is an address of IPv6 stands in brackets; undefined when it is not written so. */
export const readHostAndPort = (text: string): HostAndPort | undefined => {
  const [, bracketed, plain, digits] = /^(?:\[([\da-fA-F:.]+(?:%[\w.-]+)?)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  return host === undefined || port > 65_535 ? undefined : { host, port }
}

/** The same as text. */
export const formatHostAndPort = ({ host, port }: HostAndPort): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`

/** The same as an address of a transport: `scheme://host:port`. */
export const formatSocketAddress = (scheme: string, where: HostAndPort): string =>
  `${scheme}://${formatHostAndPort(where)}`

/** Reads `scheme://host:port`. Throws PRV_TRANSPORT_ADDRESS. */
export const readSocketAddress = (scheme: string, address: string): HostAndPort => {
  const start = `${scheme}://`
  const read = address.startsWith(start) ? readHostAndPort(address.slice(start.length)) : undefined
  if (read !== undefined) return read
  throw new ProveError('PRV_TRANSPORT_ADDRESS', `"${address}" is no address of the transport "${scheme}"`, {
    hint: `write it as ${start}host:4505; an address of IPv6 stands in brackets`,
  })
}
