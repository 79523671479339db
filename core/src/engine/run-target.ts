import type { BlobStore } from '../contracts/blob.js'
import type { Asks, Executor } from '../contracts/executor.js'
import type { Session } from '../contracts/session.js'
import type { FactSource } from '../contracts/facts.js'
import type { Operation } from '../contracts/operation.js'
import { knownErrors, type ProveError } from '../error.js'
import type { ActionResult } from '../operations/outcome.js'
import type { Elevation } from '../wire/elevation.js'
import type { LockOwner } from '../wire/lock.js'
import { FactsChanged } from '../wire/known-facts.js'
import type { Kinds } from '../wire/session-options.js'
import { openSession } from '../wire/open-session.js'
import type { ShellSession } from '../wire/shell-session.js'
import type { ErrorEvent, InvocationEvent, ProveEvent, TargetOutcome, TargetSummary } from './event.js'
import type { Interruption } from './interruption.js'

/** One operation on one target. */
export interface TargetRun {
  readonly target: string
  readonly operation: Operation
  /** What the command of the operation is given; made when the target has told its facts. */
  readonly inputFor: (session: Session) => Promise<unknown>
  readonly host: string
  readonly executor: Executor
  readonly options: Readonly<Record<string, unknown>>
  readonly elevation?: Elevation | undefined
  readonly asks?: Asks
  readonly kinds: Kinds
  readonly factSources: readonly FactSource[]
  /** Names of facts that the states rest on, gathered at once. */
  readonly factsAtOnce?: ReadonlySet<string> | undefined
  /** What the target told in an earlier run; believed only when it tells the same in the round trip of the first reads. */
  readonly remembered?: Readonly<Record<string, unknown>> | undefined
  /** Told once, at the end, what the target has answered about itself. */
  readonly learned?: (facts: Readonly<Record<string, unknown>>) => void
  readonly blobs: BlobStore
  readonly owner: LockOwner
  readonly interruption: Interruption
  readonly emit: (event: ProveEvent) => void
}

/** Connects, acts, closes; tells everything as events. Throws only what is no known error. */
export const runTarget = async (run: TargetRun): Promise<TargetSummary> => {
  const began = performance.now()
  const { target, operation, interruption } = run
  const tally = new Tally()
  const emit = (event: ProveEvent): void => {
    if (event.type === 'invocation') tally.add(event)
    run.emit(event)
  }
  let session: ShellSession | undefined
  let result: ActionResult = { outcome: 'failed' }
  const end = new AbortController()
  const ignore = interruption.onAsk(() => {
    if (session === undefined || operation.endsItself !== true) end.abort()
  })
  try {
    if (interruption.stopping) end.abort()
    end.signal.throwIfAborted()
    session = await openSession({
      open: (command) => {
        const to = { ...run.asks, target, host: run.host, signal: end.signal }
        return run.executor.open(run.options, command, to)
      },
      kinds: run.kinds,
      factSources: run.factSources,
      factsAtOnce: run.factsAtOnce,
      remembered: run.remembered,
      blobs: run.blobs,
      elevation: run.elevation,
      signal: end.signal,
      lock: operation.changes === true ? run.owner : undefined,
      isHere: run.executor.oneMachine,
      onTrip: ({ number, ...trip }) =>
        emit({ type: 'trip', target, trip: number, ...trip, frames: trip.frames.map((each) => ({ ...each })) }),
    })
    emit({ type: 'target', target, event: 'connected' })
    const opened = session
    const act = async (): Promise<ActionResult> => {
      const request = await operation.command(await run.inputFor(opened), { target })
      return (await operation.action(request, { target, session: opened, interruption, emit })) as ActionResult
    }
    result = await act().catch((error: unknown) => {
      // Nothing was told or done before the first answer: begin again with what the target has told.
      if (error instanceof FactsChanged) return act()
      throw error
    })
    if (result.result !== undefined) emit({ type: 'target', target, event: 'answered', result: { ...result.result } })
  } catch (error) {
    const known = knownErrors(error)
    const [first] = known
    // What was given up fails in its own way, which is nobody's fault.
    const isGivenUp = end.signal.aborted && (first !== undefined || error === end.signal.reason)
    if (isGivenUp) result = { outcome: 'interrupted' }
    else if (first === undefined) throw error
    else {
      result = { outcome: outcomeOfError(first.code) }
      for (const each of known) emit({ type: 'target', target, event: 'error', error: errorEvent(each) })
    }
  } finally {
    ignore()
    if (session !== undefined) run.learned?.(session.allFacts)
    await session?.close()
  }
  const { outcome = 'ok', rereads } = result
  emit({ type: 'target', target, event: 'ended', outcome })
  return {
    outcome,
    ...tally.counts(operation.name === 'plan'),
    roundTrips: session?.roundTrips ?? 0,
    elapsedMs: Math.round(performance.now() - began),
    ...(rereads === undefined ? {} : { rereads }),
  }
}

const errorEvent = ({ code, message, hint, place }: ProveError): ErrorEvent => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
  ...(place === undefined ? {} : { place: { ...place } }),
})

const outcomeOfError = (code: string): TargetOutcome => {
  if (code === 'PRV_TARGET_UNREACHABLE' || code === 'PRV_TARGET_ELEVATION') return 'unreachable'
  return code === 'PRV_TARGET_LOST' || code === 'PRV_WIRE_PROTOCOL' ? 'lost' : 'failed'
}

/** Counts invocations by their last outcome. */
class Tally {
  readonly #last = new Map<number, InvocationEvent['outcome']>()

  add({ sequence, outcome }: InvocationEvent): void {
    this.#last.set(sequence, outcome)
  }

  counts(
    planned: boolean,
  ): Pick<TargetSummary, 'ok' | 'changed' | 'failed' | 'rescued' | 'skipped' | 'wouldChange' | 'pending'> {
    const count = (...wanted: readonly InvocationEvent['outcome'][]): number =>
      [...this.#last.values()].filter((outcome) => wanted.includes(outcome)).length
    return {
      ok: count('ok'),
      changed: count('changed'),
      failed: count('failed', 'unstable'),
      skipped: count('skipped'),
      ...(count('rescued') === 0 ? {} : { rescued: count('rescued') }),
      ...(planned ? { wouldChange: count('would-change'), pending: count('pending') } : {}),
    }
  }
}
