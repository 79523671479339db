import { connect, type Socket } from 'node:net'
import type { HostAndPort } from '@prove/core/sockets'

/** The first byte that a ZeroMQ socket sends, before it has heard anything. */
const signature = 0xff

/**
 * A connection to where ZeroMQ answers, of which nothing is read yet. It is not libzmq that connects, since that tells nobody that a
 * connection was refused or that there is no such name. Rejects with what the system says.
 */
export const knock = ({ host, port }: HostAndPort, stop: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true })
    const fail = (error: unknown): void => {
      settle()
      socket.on('error', () => undefined).destroy()
      reject(error)
    }
    const giveUp = (): void => fail(stop.reason)
    const leave = (): void => fail(new Error('who listens there has no room, or does not speak ZeroMQ'))
    const hear = (chunk: Buffer): void => {
      if (chunk[0] !== signature) return fail(new Error('who listens there does not speak ZeroMQ'))
      settle()
      socket.pause()
      socket.unshift(chunk)
      resolve(socket)
    }
    const settle = (): void => {
      stop.removeEventListener('abort', giveUp)
      socket.off('error', fail).off('close', leave).off('data', hear)
    }
    stop.addEventListener('abort', giveUp, { once: true })
    socket.on('error', fail).on('close', leave).on('data', hear)
  })
