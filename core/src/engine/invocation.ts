import type { CompiledPart, CompiledState } from '../contracts/compiled.js'
import type { StateFunction } from '../contracts/state-function.js'

/** Why a state runs, beside that it stands in the catalog. */
export interface Wake {
  /** The states that notified it. */
  readonly by: readonly string[]
  /** The notifications that led to it, the first one first: ids of states. */
  readonly chain: readonly string[]
  /** Only in plans: the states that the notification follows from. */
  readonly because: readonly string[]
  /** Only in plans: false when it is not known whether anyone will notify it. */
  readonly certain: boolean
}

/** One part of one state, in its turn. */
export interface PartInvocation {
  /** From 1, in the order of the run. */
  readonly sequence: number
  readonly state: CompiledState
  readonly part: CompiledPart
  /** From 0. */
  readonly index: number
  readonly fn: StateFunction
  /** Absent where it runs of its own. */
  readonly wake?: Wake
}

/** The parts of all states, in order. */
export const invocationsOf = (
  states: readonly CompiledState[],
  functionOf: (name: string) => StateFunction,
): readonly PartInvocation[] => {
  let sequence = 0
  return states.flatMap((state) =>
    state.parts.map((part, index) => ({ sequence: ++sequence, state, part, index, fn: functionOf(part.fn) })),
  )
}
