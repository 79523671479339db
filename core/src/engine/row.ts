import type { Step, StepKind } from '../contracts/step.js'

/** Whether each of these steps may be sent with those before it. */
export const isRow = (steps: readonly Step[], kindOf: (name: string) => StepKind): boolean =>
  steps.every((step, i) => {
    const kind = kindOf(step.kind)
    if (kind.joins === undefined) return false
    return steps.slice(0, i).every((other) => other.kind === step.kind && kind.joins?.(step, other) === true)
  })
