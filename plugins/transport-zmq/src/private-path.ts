import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place for a socket between ZeroMQ and this process. */
export interface PrivatePath {
  readonly path: string
  readonly remove: () => Promise<void>
}

/** One that only this user reaches: who can speak to a ROUTER without being looked at can end its process. */
export const privatePath = async (): Promise<PrivatePath> => {
  if (process.platform === 'win32') throw new Error('ZeroMQ is used on Linux and macOS only')
  const folder = await mkdtemp(join(tmpdir(), 'prove-zmq-'))
  return { path: join(folder, 'socket'), remove: () => rm(folder, { recursive: true, force: true }) }
}
