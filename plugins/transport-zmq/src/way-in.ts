import { createServer, type Socket } from 'node:net'
import { listening } from '@prove/core/sockets'
import { bridge } from './bridge.js'
import { maxFrame } from './frame.js'
import { privatePath } from './private-path.js'
import { ZmtpInspector } from './zmtp-inspector.js'

/** Where a DEALER of this process connects to in order to get to a connection of the network. */
export interface WayIn {
  readonly path: string
  /** Nobody connects any more; what is connected lives on. */
  readonly close: () => Promise<void>
}

/** Lets the next who connects to a path of this process speak over `outer`, with a ROUTER. */
export const wayIn = async (outer: Socket): Promise<WayIn> => {
  const { path, remove } = await privatePath('PRV_TRANSPORT_UNREACHABLE')
  const server = createServer((inner) => {
    server.close()
    bridge(outer, inner, new ZmtpInspector('ROUTER', Buffer.alloc(0), maxFrame))
  })
  await listening(server, { path })
  return {
    path,
    close: async () => {
      server.close()
      await remove()
    },
  }
}
