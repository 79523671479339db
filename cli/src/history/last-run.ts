import { type InvocationEvent, type Outcome, type ProveEvent, recordOf, type TargetOutcome } from '@prove/core'

/** One part that ran, without any value. */
export interface RecordedInvocation {
  readonly sequence: number
  readonly state: string
  readonly fn: string
  readonly part: number
  readonly outcome: Outcome
  readonly reason?: string
  readonly notifiedBy?: readonly string[]
  readonly notifiedSince?: string
  readonly fields: readonly string[]
  readonly withNames: readonly string[]
}

/** The last apply of one target: `states` are the full ids that it was about, empty where it came not so far. */
export interface LastRun {
  readonly started: string
  readonly outcome: TargetOutcome
  readonly states: readonly string[]
  readonly invocations: readonly RecordedInvocation[]
}

/** What the events of a run tell of one target; undefined where it did not end. */
export const lastRunOf = (target: string, events: Iterable<ProveEvent>): LastRun | undefined => {
  const { run, targets } = recordOf(events)
  const record = targets.find((each) => each.target === target)
  if (run === undefined || record?.outcome === undefined) return undefined
  return {
    started: run.started,
    outcome: record.outcome,
    states: record.compiled?.states.map(({ id }) => id) ?? [],
    invocations: record.invocations.map(recorded),
  }
}

const recorded = (event: InvocationEvent): RecordedInvocation => {
  const { sequence, state, fn, part, outcome, reason, notifiedBy, notifiedSince, changes } = event
  return {
    sequence,
    state,
    fn,
    part,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(notifiedBy === undefined ? {} : { notifiedBy }),
    ...(notifiedSince === undefined ? {} : { notifiedSince }),
    fields: changes.map(({ field }) => field),
    withNames: Object.keys(event.with),
  }
}
