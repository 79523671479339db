import type { ByteStream } from '@prove/core'
import type { ClientChannel } from 'ssh2'
import type { Connection } from './connection.js'

/** The stream of a command over a connection. */
export const channelStream = (channel: ClientChannel, connection: Connection): ByteStream => {
  let status: number | undefined
  let isClosed = false
  channel.on('exit', (code: number | null) => {
    status = code ?? undefined
  })
  channel.once('close', () => {
    isClosed = true
  })
  // What cannot be written is told to whoever writes, and the end by its close.
  channel.on('error', () => undefined)
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (isClosed || !channel.writable) return reject(new Error('the connection is closed'))
        const onClose = (): void => reject(new Error('the connection was closed'))
        channel.once('close', onClose)
        channel.write(bytes, (error) => {
          channel.off('close', onClose)
          if (error === null || error === undefined) resolve()
          else reject(error)
        })
      }),
    end: () => void channel.end(),
    onData: (listener) => void channel.on('data', listener),
    onNotice: (listener) => void channel.stderr.on('data', listener),
    onClose: (listener) =>
      void channel.once('close', () => {
        const ended = status === undefined ? 'the connection was lost' : `the shell ended with status ${status}`
        listener(status === 0 ? undefined : (connection.problem ?? ended), status)
      }),
    destroy: () => {
      channel.stderr.resume()
      channel.resume()
      channel.close()
    },
  }
}
