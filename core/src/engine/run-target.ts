import type { BlobStore } from '../contracts/blob.js'
import type { Executor } from '../contracts/executor.js'
import type { Operation } from '../contracts/operation.js'
import { knownErrors } from '../error.js'
import type { ActionResult } from '../operations/outcome.js'
import type { Elevation } from '../wire/elevation.js'
import type { LockOwner } from '../wire/lock.js'
import { type Kinds, openSession, type ShellSession } from '../wire/shell-session.js'
import type { ErrorEvent, InvocationEvent, ProveEvent, TargetOutcome, TargetSummary } from './event.js'
import type { Interruption } from './interruption.js'

/** One operation on one target. */
export interface TargetRun {
  readonly target: string
  readonly operation: Operation
  readonly input: unknown
  readonly executor: Executor
  readonly options: Readonly<Record<string, unknown>>
  readonly elevation?: Elevation | undefined
  readonly kinds: Kinds
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
  try {
    const request = await operation.command(run.input, { target })
    session = await openSession({
      open: (command) => run.executor.open(run.options, command),
      kinds: run.kinds,
      blobs: run.blobs,
      elevation: run.elevation,
      lock: operation.changes === true ? run.owner : undefined,
    })
    emit({ type: 'target', target, event: 'connected' })
    result = (await operation.action(request, { target, session, interruption, emit })) as ActionResult
    if (result.result !== undefined) emit({ type: 'target', target, event: 'answered', result: { ...result.result } })
  } catch (error) {
    const [known] = knownErrors(error)
    if (known === undefined) throw error
    result = { outcome: outcomeOfError(known.code) }
    const { code, message, hint } = known
    const told: ErrorEvent = { code, message, ...(hint === undefined ? {} : { hint }) }
    emit({ type: 'target', target, event: 'error', error: told })
  } finally {
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

  counts(planned: boolean): Pick<TargetSummary, 'ok' | 'changed' | 'failed' | 'skipped' | 'wouldChange' | 'pending'> {
    const count = (...wanted: readonly InvocationEvent['outcome'][]): number =>
      [...this.#last.values()].filter((outcome) => wanted.includes(outcome)).length
    return {
      ok: count('ok'),
      changed: count('changed'),
      failed: count('failed', 'unstable'),
      skipped: count('skipped'),
      ...(planned ? { wouldChange: count('would-change'), pending: count('pending') } : {}),
    }
  }
}
