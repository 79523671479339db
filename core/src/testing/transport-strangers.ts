import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { everything, gone } from './streams.js'
import type { TransportCases, TransportGround } from './transport-ground.js'

/** Strangers at the door at one time. */
const crowd = 210

const noise = randomBytes(512 * 1024)

/** What those do who get as far as the socket and then do not keep to the transport's handshake. */
const manners: readonly ((socket: Duplex) => void)[] = [
  // Says nothing.
  () => undefined,
  // Says something else.
  (socket) => void socket.write(randomBytes(4096)),
  // Takes its time.
  (socket) => {
    const dribble = setInterval(() => {
      if (socket.destroyed || !socket.writable) clearInterval(dribble)
      else socket.write('x')
    }, 20)
    socket.once('close', () => clearInterval(dribble))
  },
  // Says more at once than any first message has.
  (socket) => void socket.write(noise),
  // Says much, as fast as it is let.
  (socket) => {
    let left = 64
    const pour = (): void => {
      if (left-- > 0 && !socket.destroyed && socket.writable) socket.write(noise.subarray(0, 64 * 1024), pour)
    }
    pour()
  },
]

/** What holds when others than agents and masters come to where a transport listens. */
export const describeStrangers = (ground: TransportGround, stranger: NonNullable<TransportCases['stranger']>): void => {
  describe('with strangers at the door', () => {
    const arrive = async (address: string): Promise<readonly Duplex[]> => {
      const sockets = await Promise.all(Array.from({ length: crowd }, () => stranger(address)))
      for (const [i, socket] of sockets.entries()) {
        socket.on('error', () => undefined)
        socket.once('end', () => socket.end())
        socket.resume()
        manners[i % manners.length]?.(socket)
      }
      return sockets
    }

    it(`takes up others while ${crowd} dawdle, and does not keep those for ever`, async () => {
      let taken = 0
      const { address } = await ground.listen((connection) => {
        taken++
        connection.pipe(connection)
      })
      const sockets = await arrive(address)
      const all = Promise.all(sockets.map(gone))
      const open = await ground.dial(address)
      open.end('let me through')
      expect((await everything(open)).toString()).toBe('let me through')
      await all
      expect(taken).toBe(1)
      const later = await ground.dial(address)
      later.end('and later')
      expect((await everything(later)).toString()).toBe('and later')
    })

    it('stops listening although some dawdle', async () => {
      const listener = await ground.listen()
      const sockets = await arrive(listener.address)
      await listener.close()
      await Promise.all(sockets.map(gone))
    })
  })
}
