import { ProveError } from '@prove/core'

/** Where a socket listens, or leads to. */
export interface HostAndPort {
  readonly host: string
  readonly port: number
}

/** Reads `zmq://host:port`; a host that is an IPv6 address stands in brackets. Throws PRV_TRANSPORT_ADDRESS. */
export const parseAddress = (address: string): HostAndPort => {
  const [, bracketed, plain, digits] = /^zmq:\/\/(?:\[([\da-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})$/.exec(address) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  if (host === undefined || port > 65_535) {
    throw new ProveError('PRV_TRANSPORT_ADDRESS', `"${address}" is no address of ZeroMQ`, {
      hint: 'write it as zmq://host:4505, an IPv6 address in brackets',
    })
  }
  return { host, port }
}

/** The same as text. */
export const formatAddress = ({ host, port }: HostAndPort): string =>
  `zmq://${host.includes(':') ? `[${host}]` : host}:${port}`
