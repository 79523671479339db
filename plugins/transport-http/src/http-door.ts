import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { listening } from '@prove/core/sockets'
import { type WebSocket, WebSocketServer } from 'ws'
import { answer, bodyOf } from './answer.js'
import type { HttpAddress } from './http-address.js'
import type { HttpOptions } from './http-options.js'
import { MessageStream } from './message-stream.js'
import { longestBatch } from './outbox.js'
import { countIn, pollHeaders } from './poll-headers.js'
import { PollSession } from './poll-session.js'
import { subprotocol, WebSocketCarrier, webSocketOptions } from './web-socket-carrier.js'

type Accept = (connection: Duplex) => void

/** Bytes of the headers of one request. */
const longestHead = 8 * 1024

/** Bytes of the request that opens a session: who it is, it has to say later. */
const longestOpening = 1024

/** Sockets for each connection: a poll has two requests on their way, and says goodbye with a third. */
const socketsEach = 4

/** Where WebSockets and polls arrive. It faces the world: what it keeps of a stranger is bounded in size, number and time. */
export class HttpDoor {
  readonly #sessions = new Map<string, PollSession>()
  readonly #sockets = new Set<WebSocket>()
  readonly #unproven = new Set<WebSocket>()
  readonly #webSockets = new WebSocketServer({ noServer: true, clientTracking: false, ...webSocketOptions })
  #accept: Accept | undefined

  private constructor(
    private readonly server: Server,
    private readonly path: string,
    private readonly options: HttpOptions,
  ) {
    server.maxConnections = options.maxConnections * socketsEach
    server.on('request', (request, response) => this.#answer(request, response))
    server.on('upgrade', (request, socket: Duplex, head) => this.#upgrade(request, socket, head))
  }

  /** Rejects with what the system says. */
  static async at({ host, port, path }: HttpAddress, options: HttpOptions): Promise<HttpDoor> {
    const handshake = options.handshakeTimeout * 1000
    const silence = options.silence * 1000
    const server = createServer({
      noDelay: true,
      keepAlive: true,
      maxHeaderSize: longestHead,
      headersTimeout: handshake,
      // A body may be long, and the line slow.
      requestTimeout: Math.max(handshake, silence),
      keepAliveTimeout: silence,
      connectionsCheckingInterval: Math.min(1000, handshake / 4),
    })
    await listening(server, { host, port })
    return new HttpDoor(server, path, options)
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  open(accept: Accept): void {
    this.#accept = accept
  }

  /** From now on everybody new is refused; polls that are under way still come in, and `onEmpty` is called after the last. */
  close(onEmpty: () => void): void {
    this.#accept = undefined
    for (const socket of this.#unproven) socket.terminate()
    this.#onEmpty = onEmpty
    this.#closeWhenEmpty()
  }

  #onEmpty: () => void = () => undefined

  #closeWhenEmpty(): void {
    if (this.#accept !== undefined || this.#sessions.size > 0) return
    this.#onEmpty()
    this.server.close()
    // Not at once: the last answer is on its way. WebSockets are no connections of the server any more.
    setImmediate(() => this.server.closeAllConnections())
  }

  #hasRoom(): boolean {
    return this.#sessions.size + this.#sockets.size < this.options.maxConnections
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined)
    const status = this.#refusalOf(request)
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy())
      return
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => this.#greet(webSocket))
  }

  #refusalOf(request: IncomingMessage): string | undefined {
    if (pathOf(request) !== this.path) return '404 Not Found'
    if (request.headers['sec-websocket-protocol'] !== subprotocol) return '400 Bad Request'
    return this.#accept === undefined || !this.#hasRoom() ? '503 Service Unavailable' : undefined
  }

  /** A WebSocket is a connection when the first message has come through it. */
  #greet(socket: WebSocket): void {
    const carrier = new WebSocketCarrier(socket, this.options)
    const timer = setTimeout(() => socket.terminate(), this.options.handshakeTimeout * 1000)
    this.#sockets.add(socket)
    this.#unproven.add(socket)
    socket.once('close', () => {
      clearTimeout(timer)
      this.#sockets.delete(socket)
      this.#unproven.delete(socket)
    })
    carrier.onMessage = (first) => {
      clearTimeout(timer)
      this.#unproven.delete(socket)
      const stream = new MessageStream(carrier)
      carrier.onMessage(first)
      this.#handOver(stream)
    }
  }

  #handOver(stream: MessageStream): void {
    stream.on('error', () => undefined)
    if (this.#accept === undefined) stream.destroy()
    if (!stream.destroyed) this.#accept?.(stream)
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    if (pathOf(request) !== this.path) return answer(response, 404)
    const id = request.headers[pollHeaders.session]
    // A proxy has taken the wish for a WebSocket out of the request.
    if (id === undefined) return answer(response, 426, { upgrade: 'websocket' })
    if (typeof id !== 'string' || !/^[\da-f]{32}$/.test(id)) return answer(response, 400)
    if (request.method === 'DELETE') return this.#leave(id, response)
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST, DELETE' })
    const send = countIn(request.headers[pollHeaders.send])
    const fetch = countIn(request.headers[pollHeaders.receive])
    if ((send === undefined) === (fetch === undefined)) return answer(response, 400)
    if (send !== undefined) void this.#take(id, send, request, response)
    else this.#fetch(id, fetch ?? 0, request, response)
  }

  #leave(id: string, response: ServerResponse): void {
    this.#sessions.get(id)?.leave()
    answer(response, 204)
  }

  #fetch(id: string, number: number, request: IncomingMessage, response: ServerResponse): void {
    const session = this.#sessions.get(id)
    if (session === undefined) return answer(response, 410)
    session.fetch(number, countIn(request.headers[pollHeaders.hold]) ?? Infinity, response)
  }

  async #take(id: string, number: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isOpening = !this.#sessions.has(id)
    this.#sessions.get(id)?.begin(response)
    if (isOpening && number !== 0) return answer(response, 410)
    if (isOpening && (this.#accept === undefined || !this.#hasRoom())) return answer(response, 503)
    const body = await bodyOf(request, isOpening ? longestOpening : longestBatch)
    if (body === 'too long') return answer(response, 413)
    if (body === 'broken') return void response.destroy()
    const session = this.#sessions.get(id)
    if (session !== undefined) return session.take(number, body, response)
    if (!isOpening || this.#accept === undefined || !this.#hasRoom()) return answer(response, 410)
    this.#begin(id, body, response)
  }

  #begin(id: string, body: Buffer, response: ServerResponse): void {
    const session = new PollSession(this.options, () => {
      this.#sessions.delete(id)
      this.#closeWhenEmpty()
    })
    this.#sessions.set(id, session)
    const stream = new MessageStream(session)
    session.take(0, body, response)
    this.#handOver(stream)
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? ''
