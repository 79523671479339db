import type { Segment } from '../contracts/session.js'
import type { NumberedStep, Step, StepResult } from '../contracts/step.js'

/** Segments around a step after which the target boots. */
export interface SplitAtReboot {
  /** The last one has the steps that stand before it in its own segment, and no proof. */
  readonly before: readonly Segment[]
  readonly boot: NumberedStep
  /** Seconds within which the target is back. */
  readonly seconds: number
  /** The first one has what stands behind it in its own segment, and the proof. */
  readonly after: readonly Segment[]
}

/** Splits at the first such step; undefined where there is none. `secondsOf` tells of a step whether it is one. */
export const splitAtReboot = (
  segments: readonly Segment[],
  secondsOf: (step: Step) => number | undefined,
): SplitAtReboot | undefined => {
  for (const [i, { steps, proof }] of segments.entries()) {
    const at = steps.findIndex(({ step }) => secondsOf(step) !== undefined)
    const boot = steps[at]
    if (boot === undefined) continue
    return {
      before: [...segments.slice(0, i), { steps: steps.slice(0, at), proof: [] }],
      boot,
      seconds: secondsOf(boot.step) ?? 0,
      after: [{ steps: steps.slice(at + 1), proof }, ...segments.slice(i + 1)],
    }
  }
  return undefined
}

/** The machine that the master runs on is not booted by it: nobody would be left to go on. */
export const refused = (number: number): ReadonlyMap<number, StepResult> =>
  new Map([
    [
      number,
      {
        status: 'failed',
        exit: 1,
        stdout: '',
        stderr: 'Prove runs on this machine, and cannot wait for its next boot',
      },
    ],
  ])
