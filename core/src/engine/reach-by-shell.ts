import type { BlobStore } from '../contracts/blob.js'
import type { ByteStream } from '../contracts/executor.js'
import type { Reached } from '../contracts/reached.js'
import type { Session } from '../contracts/session.js'
import type { Kernel } from '../kernel/kernel.js'
import type { ActionResult } from '../operations/outcome.js'
import { openSession } from '../wire/open-session.js'
import type { SessionOptions } from '../wire/session-options.js'

/** What carrying out actions through a shell takes: a session, and what the plugins bring to it. */
export interface ShellGround extends Omit<SessionOptions, 'open' | 'kinds' | 'factSources' | 'blobs'> {
  readonly target: string
  readonly kernel: Pick<Kernel, 'kinds' | 'functionOf' | 'factSources'>
  readonly blobs: BlobStore
  open(command: string): Promise<ByteStream>
  /** True in an agent. */
  readonly isAgent?: boolean
  /** What actions get in place of the session; the session itself unless given. */
  readonly around?: (session: Session) => Session
}

/** Opens a shell on the target; actions are then carried out in this process, and their steps there. */
export const reachByShell = async (ground: ShellGround): Promise<Reached> => {
  const { target, kernel, blobs, isAgent = false, around = (each: Session) => each } = ground
  const { kinds, functionOf } = kernel
  const session = await openSession({ ...ground, kinds, factSources: kernel.factSources.all })
  return {
    get allFacts() {
      return session.allFacts
    },
    get roundTrips() {
      return session.roundTrips
    },
    gatherFacts: (sources) => session.gatherFacts(sources),
    seekTools: () => session.seekTools(),
    act: (operation, request, { interruption, emit }) =>
      operation.action(request, {
        target,
        session: around(session),
        interruption,
        emit,
        kinds,
        functionOf,
        blobs,
        isAgent,
      }) as Promise<ActionResult>,
    close: () => session.close(),
  }
}
