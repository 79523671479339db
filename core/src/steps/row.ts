import type { Step, StepKind } from '../contracts/step.js'

type KindOf = (name: string) => StepKind

/** Whether a step may be sent with the one before it, although that touches what it was decided from. */
export const joinsBefore = (step: Step, before: Step, kindOf: KindOf): boolean =>
  before.kind === step.kind && kindOf(step.kind).joins?.(step, before) === true

/** Steps of kinds that join, each of which joins the one before it. */
export const isRow = (steps: readonly Step[], kindOf: KindOf): boolean =>
  steps.every((step, i) => {
    const before = steps[i - 1]
    return kindOf(step.kind).joins !== undefined && (before === undefined || joinsBefore(step, before, kindOf))
  })
