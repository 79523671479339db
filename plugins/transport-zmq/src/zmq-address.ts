import { ProveError } from '@prove/core'
import { formatHostAndPort, type HostAndPort } from '@prove/core/sockets'

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
export const formatAddress = (where: HostAndPort): string => `zmq://${formatHostAndPort(where)}`
