import type { BlobStore } from '../contracts/blob.js'
import type { AnyExecutor, Asks } from '../contracts/executor.js'
import type { Operation } from '../contracts/operation.js'
import type { Reached } from '../contracts/reached.js'
import type { Trip } from '../contracts/trip.js'
import { knownErrors, type ProveError } from '../error.js'
import type { Kernel } from '../kernel/kernel.js'
import type { ActionResult } from '../operations/outcome.js'
import type { Elevation } from '../wire/elevation.js'
import type { LockOwner } from '../wire/lock.js'
import { FactsChanged } from '../wire/known-facts.js'
import { type ActionEvent, eventOf } from './action-event.js'
import type { ErrorEvent, InvocationEvent, ProveEvent, TargetOutcome, TargetSummary } from './event.js'
import type { Interruption } from './interruption.js'
import { reachByShell } from './reach-by-shell.js'

/** One operation on one target. */
export interface TargetRun {
  readonly target: string
  readonly operation: Operation
  /** What the command of the operation is given; made when the target has told its facts. */
  readonly inputFor: (reached: Reached) => Promise<unknown>
  readonly host: string
  readonly executor: AnyExecutor
  readonly options: Readonly<Record<string, unknown>>
  readonly elevation?: Elevation | undefined
  readonly asks?: Asks
  readonly kernel: Kernel
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
  const emit = (event: ActionEvent): void => {
    if (event.type === 'invocation') tally.add(event)
    run.emit(eventOf(event, run.blobs))
  }
  let reached: Reached | undefined
  let result: ActionResult = { outcome: 'failed' }
  const end = new AbortController()
  const ignore = interruption.onAsk(() => {
    if (reached === undefined || operation.endsItself !== true) end.abort()
  })
  try {
    if (interruption.stopping) end.abort()
    end.signal.throwIfAborted()
    reached = await reach(run, end.signal, emit)
    emit({ type: 'target', target, event: 'connected' })
    const there = reached
    const act = async (): Promise<ActionResult> => {
      const request = await operation.command(await run.inputFor(there), { target })
      return there.act(operation, request, { interruption, emit })
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
    if (reached !== undefined) run.learned?.(reached.allFacts)
    await reached?.close()
  }
  const { outcome = 'ok', rereads } = result
  emit({ type: 'target', target, event: 'ended', outcome })
  return {
    outcome,
    ...tally.counts(operation.name === 'plan'),
    roundTrips: reached?.roundTrips ?? 0,
    elapsedMs: Math.round(performance.now() - began),
    ...(rereads === undefined ? {} : { rereads }),
  }
}

/** By the agent there, or by a shell. */
const reach = (run: TargetRun, signal: AbortSignal, emit: (event: ProveEvent) => void): Promise<Reached> => {
  const { target, host, executor, options, kernel, blobs, owner, operation } = run
  const to = { ...run.asks, target, host, signal }
  const onTrip = ({ number, ...trip }: Trip): void =>
    emit({ type: 'trip', target, trip: number, ...trip, frames: trip.frames.map((each) => ({ ...each })) })
  if ('reach' in executor) {
    return executor.reach(options, {
      ...to,
      owner,
      blobs,
      transportOf: kernel.transportOf,
      pluginOf: kernel.pluginOf,
      onTrip,
    })
  }
  return reachByShell({
    ...to,
    open: (command) => executor.open(options, command, to),
    kernel,
    factsAtOnce: run.factsAtOnce,
    remembered: run.remembered,
    blobs,
    elevation: run.elevation,
    lock: operation.changes === true ? owner : undefined,
    isHere: executor.oneMachine,
    onTrip,
  })
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

  add({ sequence, outcome }: Pick<InvocationEvent, 'sequence' | 'outcome'>): void {
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
