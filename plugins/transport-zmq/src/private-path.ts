import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf, ProveError } from '@prove/core'

/** A place for a socket between ZeroMQ and this process. */
export interface PrivatePath {
  readonly path: string
  readonly remove: () => Promise<void>
}

/**
 * One that only this user reaches: who can speak to a ROUTER without being looked at can end its process. Where there can be none, the
 * error has the code that is given.
 */
export const privatePath = async (code: 'PRV_TRANSPORT_LISTEN' | 'PRV_TRANSPORT_UNREACHABLE'): Promise<PrivatePath> => {
  if (process.platform === 'win32') {
    throw new ProveError(code, 'ZeroMQ is used on Linux and macOS only', { hint: 'use the transport "tcp"' })
  }
  const folder = await mkdtemp(join(tmpdir(), 'prove-zmq-')).catch((error: unknown) => {
    throw new ProveError(code, `there is no folder for a socket of ZeroMQ: ${messageOf(error)}`, {
      hint: 'set TMPDIR to a folder that this user can write to, and look whether its disk is full',
      cause: error,
    })
  })
  return { path: join(folder, 'socket'), remove: () => rm(folder, { recursive: true, force: true }) }
}
