import type { CompiledPart, CompiledState } from '../contracts/compiled.js'
import type { StateFunction } from '../contracts/state-function.js'

/** One part of one state, in its turn. */
export interface PartInvocation {
  /** From 1, in the order of the run. */
  readonly sequence: number
  readonly state: CompiledState
  readonly part: CompiledPart
  /** From 0. */
  readonly index: number
  readonly fn: StateFunction
}

/** The invocations of a run, in order. */
export const invocationsOf = (
  states: readonly CompiledState[],
  functionOf: (name: string) => StateFunction,
): readonly PartInvocation[] => {
  let sequence = 0
  return states.flatMap((state) =>
    state.parts.map((part, index) => ({ sequence: ++sequence, state, part, index, fn: functionOf(part.fn) })),
  )
}
