import type { NumberedStep, Step, StepKind } from '../contracts/step.js'
import { joinsBefore } from '../steps/row.js'

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
    const before = last?.at(-1)?.step
    if (last !== undefined && before !== undefined && isOneFrame(before, numbered.step, kindOf)) last.push(numbered)
    else frames.push([numbered])
  }
  return frames
}

const isOneFrame = (before: Step, step: Step, kindOf: (name: string) => StepKind): boolean => {
  const isLong = ({ kind }: Step): boolean => kindOf(kind).seconds !== undefined
  return isLong(step) ? joinsBefore(step, before, kindOf) : !isLong(before)
}
