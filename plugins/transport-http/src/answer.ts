import type { IncomingMessage, ServerResponse } from 'node:http'

const nothing = Buffer.alloc(0)

/** Ends a response. After a refusal of a request whose body was not read, the connection is closed too. */
export const answer = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: Buffer = nothing,
): void => {
  if (response.headersSent || response.destroyed) return
  const isRead = response.req.complete
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(isRead ? {} : { connection: 'close' }),
    ...(status === 204 ? {} : { 'content-type': 'application/octet-stream', 'content-length': body.length }),
    ...headers,
  })
  response.end(body)
}

/** A whole body, or why there is none: it is too long, or the connection broke before its end. */
export const bodyOf = (message: IncomingMessage, most: number): Promise<Buffer | 'too long' | 'broken'> =>
  new Promise((resolve) => {
    if (Number(message.headers['content-length'] ?? 0) > most) return resolve('too long')
    const chunks: Buffer[] = []
    let length = 0
    const onData = (chunk: Buffer): void => {
      length += chunk.length
      chunks.push(chunk)
      if (length <= most) return
      message.off('data', onData)
      resolve('too long')
    }
    message.on('data', onData)
    message.once('end', () => resolve(Buffer.concat(chunks)))
    message.once('close', () => resolve('broken'))
  })
