import { randomBytes } from 'node:crypto'
import { errorTable, type ErrorCode, ProveError, ProveErrors } from '@prove/core'
import type { ActionEvent, Awaiting, BlobStore, LockOwner, Trip } from '@prove/core'
import { contentsIn, type LinkError, type MessageOf } from '@prove/link'
import type { AgentLink, Said } from './agent-link.js'

/** One request, and who waits for what comes of it. */
export interface Asked {
  readonly operation: string
  readonly request: unknown
  readonly target: string
  readonly owner: LockOwner
  /** True when the action has something to finish after Ctrl-C; others are left at once. */
  readonly endsItself: boolean
  readonly signal: AbortSignal | undefined
}

/** Where a link comes from, and comes again from when it was lost. */
export interface Links {
  /** The link there is, or a new one. Throws when none is to be had any more. */
  link(): Promise<AgentLink>
  readonly blobs: BlobStore
}

export type Ended = MessageOf<'ended'>

/** Milliseconds in which an agent begins with a request, or leaves it. */
const within = 600_000

/**
 * Has an agent carry out one request. Where the link is lost it is asked again over the next: the agent carries a request out
 * once, and tells the rest of its story.
 */
export const carryOut = async (asked: Asked, links: Links, { interruption, emit }: Awaiting): Promise<Ended> => {
  const id = randomBytes(16).toString('hex')
  const { operation, request, target, owner, signal } = asked
  const contents = contentsIn(request)
  let come = 0
  let link: AgentLink | undefined
  const ignore = interruption.onAsk((times) => {
    if (asked.endsItself) void link?.connection.send({ kind: 'interrupt', id, times }).catch(() => undefined)
  })
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one link after the other
      link = await links.link()
      const ended = heard(link, id, contents, (number, event) => {
        // What was told over the link before is not told twice.
        if (number === come) come += 1
        else return
        emit(event)
      })
      const message = {
        kind: 'request',
        id,
        operation,
        request,
        target,
        owner: { ...owner },
        within,
        from: come,
      } as const
      // oxlint-disable-next-line no-await-in-loop
      await link.connection.send(message).catch(() => undefined)
      // oxlint-disable-next-line no-await-in-loop
      const end = await orAborted(ended, signal)
      if (end === undefined) continue
      void link.connection.send({ kind: 'settled', id }).catch(() => undefined)
      return end
    }
  } finally {
    ignore()
  }
}

/** Resolves to how the request ended, or to undefined when the link is over before. */
const heard = (
  link: AgentLink,
  id: string,
  contents: ReturnType<typeof contentsIn>,
  tell: (number: number, event: ActionEvent) => void,
): Promise<Ended | undefined> =>
  new Promise((resolve) => {
    const said = (message: Said): void => {
      if (message.kind === 'event') return tell(message.number, message.event as unknown as ActionEvent)
      stop()
      resolve(message)
    }
    const stop = link.expect(id, { said, contents })
    void link.over.then(() => {
      stop()
      resolve(undefined)
    })
  })

const orAborted = async <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return promise
  let abort: () => void = () => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason as Error)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** The errors of an agent as those of this side. */
export const thrownFrom = (errors: readonly LinkError[]): Error => {
  const known = errors.map(({ code, message, hint }) => {
    const isKnown = Object.hasOwn(errorTable, code)
    return new ProveError(isKnown ? (code as ErrorCode) : 'PRV_AGENT_REQUEST', message, { hint })
  })
  const [first] = known
  return known.length === 1 && first !== undefined ? first : new ProveErrors(known)
}

/** A request and its report, as one round trip. */
export const tripOf = (number: number, what: string, began: number, counts: Pick<Trip, 'sent' | 'received'>): Trip => ({
  number,
  elapsedMs: performance.now() - began,
  ...counts,
  frames: [{ what, count: 1 }],
})
