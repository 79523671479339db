import type { NumberedStep, StepKind } from '../contracts/step.js'

/**
 * Steps by the frames they are sent in. Those that may run for long get a frame of their own, so that results arrive as they end; with
 * them are those that join them, for they are done together.
 */
export const framesOf = (
  steps: readonly NumberedStep[],
  kindOf: (name: string) => StepKind,
): readonly (readonly NumberedStep[])[] => {
  const frames: NumberedStep[][] = []
  for (const numbered of steps) {
    const last = frames.at(-1)
    if (last !== undefined && isOneFrame(last.at(-1)?.step, numbered.step, kindOf)) last.push(numbered)
    else frames.push([numbered])
  }
  return frames
}

const isOneFrame = (
  before: NumberedStep['step'] | undefined,
  step: NumberedStep['step'],
  kindOf: (name: string) => StepKind,
): boolean => {
  const kind = kindOf(step.kind)
  if (before === undefined) return false
  if (kind.seconds === undefined) return kindOf(before.kind).seconds === undefined
  return before.kind === step.kind && kind.joins?.(step, before) === true
}
