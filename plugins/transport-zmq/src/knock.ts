import { connect } from 'node:net'
import type { HostAndPort } from './zmq-address.js'

/** The first byte that a ZeroMQ socket sends, before it has heard anything. */
const signature = 0xff

/**
 * Looks whether ZeroMQ answers at an address, and resolves with the numeric one that does: libzmq tells nobody that a connection was
 * refused or that there is no such name, and looks names up while all its sockets wait. Rejects with the best cause there is.
 */
export const knock = ({ host, port }: HostAndPort, stop: AbortSignal): Promise<HostAndPort> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const fail = (error: unknown): void => {
      reject(firstOf(error))
      done()
    }
    const giveUp = (): void => fail(stop.reason)
    const done = (): void => {
      stop.removeEventListener('abort', giveUp)
      socket.destroy()
    }
    stop.addEventListener('abort', giveUp, { once: true })
    socket.on('error', fail)
    socket.once('close', () => fail(new Error('who listens there has no room, or does not speak ZeroMQ')))
    socket.once('data', ([first]: Buffer) => {
      if (first !== signature) return fail(new Error('who listens there does not speak ZeroMQ'))
      resolve({ host: socket.remoteAddress ?? host, port })
      done()
    })
  })

/** Where a name has several addresses, what the first of them said. */
const firstOf = (error: unknown): unknown => (error instanceof AggregateError ? (error.errors as unknown[])[0] : error)
