import { Agent as HttpAgent, type IncomingHttpHeaders, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { bodyOf } from './answer.js'
import { formatHttpAddress, type HttpAddress, type Scheme } from './http-address.js'

export interface Asked {
  readonly method: 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number
  readonly signal?: AbortSignal
}

export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** The way to a listener. Its sockets are its own; what the environment says of proxies is not heeded. */
export class HttpLink {
  readonly agent: HttpAgent
  readonly #where: HttpAddress
  readonly #scheme: Scheme

  constructor(scheme: Scheme, where: HttpAddress, anyCertificate: boolean) {
    const kept = { keepAlive: true, noDelay: true, maxFreeSockets: 2 }
    this.#scheme = scheme
    this.#where = where
    this.agent =
      scheme === 'https' ? new HttpsAgent({ ...kept, rejectUnauthorized: !anyCertificate }) : new HttpAgent(kept)
  }

  get webSocketUrl(): string {
    return formatHttpAddress(this.#scheme, this.#where).replace(/^http/, 'ws')
  }

  /** Rejects when no whole answer comes. */
  ask({ method, headers, body, timeout, signal }: Asked, longestAnswer: number): Promise<Answered> {
    const { host, port, path } = this.#where
    const send = this.#scheme === 'https' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const request = send({
        host,
        port,
        path,
        method,
        agent: this.agent,
        headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': body?.length ?? 0 },
        ...(signal === undefined ? {} : { signal }),
      })
      const timer = setTimeout(() => request.destroy(new Error('nobody answered in time')), timeout)
      request.once('close', () => clearTimeout(timer))
      request.on('error', reject)
      request.once('response', (response) => {
        response.on('error', reject)
        void bodyOf(response, longestAnswer).then((content) => {
          if (typeof content !== 'string') {
            return resolve({ status: response.statusCode ?? 0, headers: response.headers, body: content })
          }
          request.destroy()
          reject(new Error(`the answer was ${content}`))
        })
      })
      request.end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}
