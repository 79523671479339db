import { ProveError } from '@prove/core'

/** Where a socket listens, or leads to. */
export interface HostAndPort {
  readonly host: string
  readonly port: number
}

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
export const formatAddress = ({ host, port }: HostAndPort): string =>
  `udp://${host.includes(':') ? `[${host}]` : host}:${port}`
