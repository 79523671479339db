import type { Change } from '../contracts/state-function.js'
import type { StepKind } from '../contracts/step.js'
import type { Confidence, Outcome } from './event.js'
import type { Examined } from './examine.js'
import type { Likelihood, Ending } from './groups.js'
import type { PartInvocation } from './invocation.js'

/** What applying would do with one part. */
export interface PlanLine {
  readonly invocation: PartInvocation
  readonly outcome: Extract<Outcome, 'ok' | 'would-change' | 'skipped' | 'failed' | 'rescued' | 'pending'>
  readonly confidence: Confidence
  /** The states that the line follows from. */
  readonly dependsOn: readonly string[]
  readonly reason?: string
  readonly changes: readonly Change[]
  /** Set when a guard, and nothing else, would keep it from running. */
  readonly guarded?: boolean
  /** It would not run, because something it requires would not succeed. */
  readonly unmet?: boolean
}

/** The same line, when it follows from these states as well. */
export const onlyIf = (because: readonly string[], line: PlanLine): PlanLine =>
  because.length === 0 || line.outcome === 'pending'
    ? line
    : { ...line, ...confidenceOf([...line.dependsOn, ...because]) }

export const confidenceOf = (because: readonly string[]): Pick<PlanLine, 'confidence' | 'dependsOn'> => ({
  confidence: because.length === 0 ? 'sure' : 'conditional',
  dependsOn: [...new Set(because)],
})

export const lineOf = (
  invocation: PartInvocation,
  found: Exclude<Examined, { verdict: 'wanted' }>,
  kindOf: (name: string) => StepKind,
): PlanLine => {
  switch (found.verdict) {
    case 'unknown':
      return pending(invocation, found.until)
    case 'blocked':
      // What stands in the way now may be gone by then.
      return found.because.length > 0
        ? pending(invocation, found.because)
        : { invocation, outcome: 'failed', ...confidenceOf([]), reason: found.reason, changes: [] }
    case 'skipped':
      return {
        invocation,
        outcome: 'skipped',
        ...confidenceOf(found.because),
        reason: found.reason,
        changes: [],
        guarded: true,
      }
    case 'same':
      return { invocation, outcome: 'ok', ...confidenceOf(found.because), changes: [] }
    case 'changes': {
      const { changes, steps, because } = found
      const itself =
        changes.some(({ maybe }) => maybe === true) ||
        steps.some((step) => kindOf(step.kind).mayRefuse?.(step) === true)
      const depends = itself ? [...because, invocation.state.id] : because
      return { invocation, outcome: 'would-change', ...confidenceOf(depends), changes }
    }
  }
}

export const pending = (invocation: PartInvocation, until: readonly string[]): PlanLine => ({
  invocation,
  outcome: 'pending',
  confidence: 'unknown',
  dependsOn: [...new Set(until)],
  reason: `unknown until ${[...new Set(until)].join(', ')}`,
  changes: [],
})

/** Something that only runs if these fail: what comes after it counts on their success, as all of a plan does. */
export const unlessGood = (invocation: PartInvocation, failing: readonly string[]): PlanLine => ({
  invocation,
  outcome: 'pending',
  confidence: 'conditional',
  dependsOn: failing,
  reason: `only if ${failing.join(' or ')} fails`,
  changes: [],
})

/** What a line says of its state, to the groups around it. */
export const endingOf = ({ outcome, confidence, unmet = false }: PlanLine): Ending => {
  const isSure = confidence === 'sure'
  const surely: Likelihood = isSure ? 'yes' : 'maybe'
  const stays = isSure && (outcome === 'ok' || outcome === 'skipped')
  return {
    began: unmet ? 'no' : outcome === 'pending' ? 'maybe' : 'yes',
    changed: outcome === 'would-change' ? 'yes' : stays || outcome === 'failed' ? 'no' : 'maybe',
    failed: outcome === 'failed' ? surely : stays ? 'no' : 'maybe',
    unmet: unmet ? surely : 'no',
  }
}
