import type { Socket } from 'node:net'
import type { ZmtpInspector } from './zmtp-inspector.js'

/**
 * Joins a connection of the network with one to a ZeroMQ socket of this process. What comes from the network is inspected first, and
 * the connection is cut at the first thing that is not sound; neither side gets more than it takes.
 */
export const bridge = (outer: Socket, inner: Socket, inspector: ZmtpInspector): void => {
  for (const socket of [outer, inner]) socket.on('error', () => undefined)
  outer.on('data', (chunk: Buffer) => {
    const sound = soundOf(inspector, chunk)
    if (sound === undefined) return outer.destroy()
    if (sound.length > 0 && !inner.write(sound)) outer.pause()
  })
  outer.resume()
  inner.on('drain', () => outer.resume())
  inner.pipe(outer)
  // What came before the end goes to the socket of ZeroMQ first; what that still has for who is gone does not matter.
  outer.once('close', () => {
    inner.end()
    inner.resume()
  })
  inner.once('close', () => outer.destroySoon())
}

/** What may be handed on; nothing when the other side is to be cut off. */
const soundOf = (inspector: ZmtpInspector, chunk: Buffer): Buffer | undefined => {
  try {
    return inspector.inspect(chunk)
  } catch {
    return undefined
  }
}
