import type { Duplex } from 'node:stream'
import { ProveError } from '@prove/core'
import { withDeadline } from '@prove/core/sockets'
import { WebSocket } from 'ws'
import type { Answered, HttpLink } from './http-link.js'
import type { HttpOptions } from './http-options.js'
import { MessageStream } from './message-stream.js'
import { isOurs, PollCarrier } from './poll-carrier.js'
import { subprotocol, WebSocketCarrier, webSocketOptions } from './web-socket-carrier.js'

/** A connection by whichever framing gets through. The link is closed when there is none, and with the connection. */
export const dialLink = async (link: HttpLink, options: HttpOptions, stop: AbortSignal): Promise<Duplex> => {
  const { framing, connectTimeout } = options
  if (framing !== 'poll') {
    const patience = framing === 'auto' ? connectTimeout / 2 : connectTimeout
    try {
      return await withDeadline(patience, stop, (soon) => dialWebSocket(link, options, soon))
    } catch (error) {
      if (framing === 'websocket' || stop.aborted) {
        link.close()
        throw error
      }
    }
  }
  return dialPoll(link, options, stop)
}

/** Rejects when it is refused, comes to something else, or has not carried a message both ways before `stop`. */
const dialWebSocket = (link: HttpLink, options: HttpOptions, stop: AbortSignal): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason as Error)
    const socket = new WebSocket(link.webSocketUrl, subprotocol, { ...webSocketOptions, agent: link.agent })
    const giveUp = (): void => {
      socket.terminate()
      reject(stop.reason as Error)
    }
    const settle = (): void => stop.removeEventListener('abort', giveUp)
    stop.addEventListener('abort', giveUp, { once: true })
    socket.on('error', (error) => {
      settle()
      reject(error)
    })
    socket.once('open', () => {
      const stream = new MessageStream(new WebSocketCarrier(socket, options))
      stream.on('error', () => undefined)
      stream.opened.then(() => resolve(stream), reject).finally(settle)
    })
  })

const dialPoll = async (link: HttpLink, options: HttpOptions, stop: AbortSignal): Promise<Duplex> => {
  const carrier = new PollCarrier(link, options)
  const stream = new MessageStream(carrier)
  stream.on('error', () => undefined)
  try {
    const answered = await carrier.open(stop)
    if (!isOurs(answered)) throw refusalOf(answered)
    return stream
  } catch (error) {
    stream.destroy()
    throw error
  }
}

const refusals: Readonly<Record<number, readonly [said: string, hint: string]>> = {
  404: ['nothing is found at this path', 'check the path, and what the proxy makes of it'],
  413: ['the proxy takes no body of that size', 'let it take 1 MiB (nginx: client_max_body_size)'],
  502: ['the proxy reaches nobody', 'check that the other side runs, and where the proxy leads to'],
  503: ['no more connections are taken', 'check "maxConnections" of the other side, and that it is not about to stop'],
  504: ['the proxy waited in vain', 'check that the other side runs, and where the proxy leads to'],
}

const refusalOf = ({ status }: Answered): ProveError => {
  const [said, hint] = refusals[status] ?? ['something else than Prove answers', 'check the address and its path']
  return new ProveError('PRV_TRANSPORT_UNREACHABLE', `${said} (status ${status})`, { hint })
}
