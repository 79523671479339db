import type { TargetSummary } from '@prove/core'
import { isFailure } from './is-failure.js'

/** Exit status of a run over targets; 1 is for usage and catalog errors, which end before any target is reached. */
export const exitCodeOf = (
  targets: readonly TargetSummary[],
  { detailed, killed }: { readonly detailed: boolean; readonly killed: boolean },
): number => {
  const outcomes = targets.map(({ outcome }) => outcome)
  if (killed || outcomes.includes('interrupted')) return 130
  if (outcomes.includes('unreachable')) return 3
  if (outcomes.some(isFailure)) return 2
  return detailed && outcomes.includes('changed') ? 4 : 0
}
