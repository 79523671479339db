import { randomBytes } from 'node:crypto'
import {
  type Awaiting,
  type BlobStore,
  errorTable,
  type ErrorCode,
  knownErrors,
  type LockOwner,
  ProveError,
  ProveErrors,
  type Trip,
} from '@prove/core'
import { contentsIn, type LinkError, type MessageOf } from '@prove/link'
import type { AgentLink, Said } from './agent-link.js'
import { toldEvent } from './told-event.js'

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

/** Links that may be lost one after the other while nothing is told: something about the request itself ends them then. */
const fruitless = 5

/** Events that one request may tell of: no catalog has so many, and an agent that goes wrong must not fill the master. */
const mostEvents = 1_000_000

/**
 * Has an agent carry out one request. Where the link is lost it is asked again over the next: the agent carries a request out
 * once, and tells the rest of its story.
 */
export const carryOut = async (asked: Asked, links: Links, { interruption, emit }: Awaiting): Promise<Ended> => {
  const id = randomBytes(16).toString('hex')
  const { operation, request, target, owner, signal, endsItself } = asked
  const teller = { target, contents: contentsIn(request) }
  let come = 0
  let times: 0 | 1 | 2 = interruption.killing ? 2 : interruption.stopping ? 1 : 0
  let link: AgentLink | undefined
  // What was said over a link that is gone is said again over the next.
  const interrupt = async (): Promise<void> => {
    if (endsItself && times !== 0) await link?.connection.send({ kind: 'interrupt', id, times })
  }
  const ignore = interruption.onAsk((pressed) => {
    times = pressed
    interrupt().catch(() => undefined)
  })
  const tell = ({ number, event }: MessageOf<'event'>): void => {
    // What was told over the link before is not told twice.
    if (number !== come || come >= mostEvents) return
    come += 1
    const told = toldEvent(event, teller)
    if (told !== undefined) emit(told)
  }
  try {
    for (let left = fruitless, before = 0; ;) {
      // oxlint-disable-next-line no-await-in-loop -- one link after the other
      link = await links.link()
      const { connection, over } = link
      const ended = heard(link, id, teller.contents, tell)
      const message = { kind: 'request', id, operation, request, target, owner: { ...owner }, from: come } as const
      const sent = connection.send(message).then(interrupt)
      // oxlint-disable-next-line no-await-in-loop
      const end = await orAborted(Promise.all([ended, sent.catch(ofLink)]), signal)
      if (end[0] !== undefined) {
        connection.send({ kind: 'settled', id }).catch(() => undefined)
        return end[0]
      }
      left = come > before ? fruitless : left - 1
      before = come
      // oxlint-disable-next-line no-await-in-loop
      const why = await over
      const isFinal = knownErrors(why).some(({ code }) => code === 'PRV_LINK_PROTOCOL')
      if (isFinal || left === 0) throw why ?? givenUp()
    }
  } finally {
    ignore()
  }
}

/** A link that is lost is told by its end; what cannot be said at all is an error of the request. */
const ofLink = (error: unknown): void => {
  if (knownErrors(error)[0]?.code !== 'PRV_LINK_LOST') throw error
}

const givenUp = (): ProveError =>
  new ProveError('PRV_TARGET_LOST', `the agent hung up ${fruitless} times over the same request`, {
    hint: 'see its log on the target: journalctl -u prove-agent',
  })

/** Resolves to how the request ended, or to undefined when the link is over before. */
const heard = (
  link: AgentLink,
  id: string,
  contents: ReturnType<typeof contentsIn>,
  tell: (event: MessageOf<'event'>) => void,
): Promise<Ended | undefined> =>
  new Promise((resolve) => {
    const said = (message: Said): void => {
      if (message.kind === 'event') return tell(message)
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
