import { ProveError } from '@prove/core'
import { formatHostAndPort, type HostAndPort } from '@prove/core/sockets'

/** Reads `udp://host:port`; a host that is an IPv6 address stands in brackets. */
export const parseAddress = (address: string): HostAndPort => {
  const [, bracketed, plain, digits] = /^udp:\/\/(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(address) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port > 65_535) {
    throw new ProveError('PRV_TRANSPORT_ADDRESS', `"${address}" is no address of this transport`, {
      hint: 'write it as udp://host:4505',
    })
  }
  return { host, port }
}

/** The same as text. */
export const formatAddress = (where: HostAndPort): string => `udp://${formatHostAndPort(where)}`
