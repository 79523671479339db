import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { type HostAndPort, readSocketAddress } from '@prove/core/sockets'
import { readyOf } from '../zmtp-inspector.js'

/** The first 64 bytes of who speaks ZMTP 3.0 without a mechanism. */
export const greeting = (): Buffer => {
  const bytes = Buffer.alloc(64)
  bytes[0] = 0xff
  bytes[9] = 0x7f
  bytes[10] = 3
  bytes.write('NULL', 12)
  return bytes
}

/** A message, or a part of one, as ZMTP frames it; `flags` in place of those of a message that is whole. */
export const zmtpFrame = (body: Buffer, flags = 0): Buffer => {
  const head = Buffer.alloc(9)
  head[0] = flags | 2
  head.writeBigUInt64BE(BigInt(body.length), 1)
  return Buffer.concat([head, body])
}

/** Resolves when the other side has said its READY: before that nobody takes a message. */
const met = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    let came = Buffer.alloc(0)
    const hear = (bytes: Buffer): void => {
      came = Buffer.concat([came, bytes])
      if (came.length < 66 || came.length < 66 + (came[65] ?? 0)) return
      socket.off('data', hear)
      resolve()
    }
    socket.on('data', hear)
    socket.once('close', () => resolve())
  })

/** Someone who has come as far as a DEALER, and claims that identity. */
export const rawDealer = async (address: string, identity: Buffer = Buffer.alloc(0)): Promise<Socket> => {
  const socket = connect(readSocketAddress('zmq', address))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(Buffer.concat([greeting(), readyOf('DEALER', identity)]))
  await met(socket)
  return socket.resume()
}

/** Someone who listens, and says those bytes to each who comes, after what a ROUTER says. */
export const rawRouter = async (
  ...said: readonly Buffer[]
): Promise<{ readonly address: string; readonly server: Server }> => {
  const answer = async (socket: Socket): Promise<void> => {
    socket.on('error', () => undefined)
    socket.write(Buffer.concat([greeting(), readyOf('ROUTER', Buffer.alloc(0))]))
    await met(socket)
    socket.resume().write(Buffer.concat(said))
  }
  const server = createServer((socket) => void answer(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { address: host, port } = server.address() as AddressInfo & HostAndPort
  return { address: `zmq://${host}:${port}`, server }
}
