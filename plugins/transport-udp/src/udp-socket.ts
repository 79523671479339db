import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import type { HostAndPort } from '@prove/core/sockets'

/** Bytes that the system keeps for a socket while this process is busy; it may grant less. */
const buffer = 2 * 1024 * 1024

/** Where a socket can be bound, or be connected to: no name any more. */
export const addressesOf = async ({ host, port }: HostAndPort): Promise<readonly HostAndPort[]> =>
  (await lookup(host, { all: true })).map(({ address }) => ({ host: address, port }))

/** A socket for datagrams to and from addresses like this one. */
export const socketFor = (address: string): Socket =>
  createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    recvBufferSize: buffer,
    sendBufferSize: buffer,
    // Addresses are none to look up; without this each datagram would be.
    lookup: (host, _options, found) => found(null, host, isIPv6(host) ? 6 : 4),
  })

/** Resolves when a socket has done what it was told, and rejects when it cannot; `act` gets what to call then. */
export const ready = (socket: Socket, act: (done: (error?: Error) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (error?: Error): void => {
      socket.off('error', done)
      if (error === undefined) return resolve()
      socket.close()
      reject(error)
    }
    socket.once('error', done)
    try {
      act(done)
    } catch (error) {
      done(error as Error)
    }
  })
