import type { TargetOutcome } from '@prove/core'

const failures: ReadonlySet<TargetOutcome> = new Set(['failed', 'unstable', 'unreachable', 'timed-out', 'lost'])

/** Whether something went wrong with a target; one that was not begun, or interrupted, did not fail. */
export const isFailure = (outcome: TargetOutcome): boolean => failures.has(outcome)
