import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'

/** What becomes of who asks for a WebSocket: refused, never answered, or taken and never heard of again. */
export type Manner = 'refuses' | 'is silent' | 'swallows'

/** Which requests are lost on their way, and which answers on theirs: every n-th. */
export interface Losses {
  readonly requests: number
  readonly answers: number
}

export interface Front {
  readonly address: string
  /** Requests that came, and were no upgrades. */
  readonly requests: () => number
  close(): void
}

/** A bad proxy before a listener of this machine. */
export const badFront = async (listening: string, manner: Manner, losses?: Losses): Promise<Front> => {
  const sockets = new Set<Socket>()
  const webSockets = new WebSocketServer({ noServer: true, handleProtocols: (names) => [...names][0] ?? false })
  let requests = 0
  let answers = 0
  const pass = (from: IncomingMessage, back: ServerResponse): void => {
    requests++
    if (losses !== undefined && requests % losses.requests === 0) return void from.socket.destroy()
    const onward = request(listening, { method: from.method, headers: from.headers, agent: false }, (answered) => {
      answers++
      if (losses !== undefined && answers % losses.answers === 0) {
        answered.resume().once('end', () => from.socket.destroy())
        return
      }
      back.writeHead(answered.statusCode ?? 0, answered.headers)
      answered.pipe(back)
    })
    onward.on('error', () => from.socket.destroy())
    from.pipe(onward)
    back.once('close', () => onward.destroy())
  }
  const server = createServer(pass)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (from, socket, head) => {
    if (manner === 'refuses') socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
    if (manner === 'swallows') webSockets.handleUpgrade(from, socket, head, () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: listening.replace(/:\d+/, `:${port}`),
    requests: () => requests,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
