import type { CompiledPart, CompiledState } from '../contracts/compiled.js'
import type { StateFunction } from '../contracts/state-function.js'
import { canonicalJson } from '../json.js'
import { type LateGround, type LatePart, latePart } from './late-part.js'

/** What becomes of a state that needs an agent, where there is none. */
export type WithoutAgent = 'fail' | 'skip'

export type Variables = Readonly<Record<string, unknown>>

/** Why a state runs, beside that it stands in the catalog. */
export interface Wake {
  /** The states that notified it. */
  readonly by: readonly string[]
  /** The invocations whose notifications led to it, the first one first: see {@link identityOf}. */
  readonly chain: readonly string[]
  /** Only in plans: the states that the notification follows from. */
  readonly because: readonly string[]
  /** Only in plans: false when it is not known whether anyone will notify it. */
  readonly certain: boolean
  /** Only in plans: set when it would only be notified by the failure of these. */
  readonly unless?: readonly string[]
  /** Where the ledger of the target keeps the notifications that it answers. */
  readonly keys: readonly string[]
  /** When an earlier run noted it, and did not come to answer it: ISO 8601. */
  readonly since?: string
}

/** One part of one state, in its turn. */
export interface PartInvocation {
  /** From 1, in the order of the run. */
  readonly sequence: number
  /** From 1: the invocation of its state that it belongs to. */
  readonly run: number
  readonly state: CompiledState
  readonly part: CompiledPart
  /** From 0. */
  readonly index: number
  readonly fn: StateFunction
  /** Set where its function needs an agent and the target has none: what becomes of it then. */
  readonly withoutAgent?: WithoutAgent | undefined
  /** Variables that a notification gave it. */
  readonly with: Variables
  /** Absent where nothing of it is late. */
  readonly late?: LatePart
  /** Absent where it runs of its own. */
  readonly wake?: Wake
}

/** A state and its parts, in the place that it has in the order. */
export interface Turn {
  readonly state: CompiledState
  readonly parts: readonly PartInvocation[]
  readonly position: number
}

/** Whether being notified makes a difference to a state that runs anyway: some of its functions have steps for that. */
export const heedsNotice = ({ parts }: Pick<Turn, 'parts'>): boolean =>
  parts.some(({ fn }) => fn.onNotify !== undefined)

/** As it would be without its notification: what it declares lasts, and is proven; being notified does not. */
export const unwoken = ({ part, fn, withoutAgent, late, with: given }: PartInvocation): Unwoken => ({
  part,
  fn,
  withoutAgent,
  with: given,
  ...(late === undefined ? {} : { late }),
})

type Unwoken = Pick<PartInvocation, 'part' | 'fn' | 'withoutAgent' | 'late' | 'with'>

/** What an invocation is known by: the state's full id, and the variables it was given. */
export const identityOf = (state: string, given: Variables): string =>
  Object.keys(given).length === 0 ? state : `${state} ${canonicalJson(given)}`

/** The state as it stands in the catalog, also where a sequence runs it again. */
export const definitionOf = ({ of, id }: CompiledState): string => of ?? id

/** What turning states into invocations takes. */
export interface TurnGround extends LateGround {
  readonly functionOf: (name: string) => StateFunction
  /** True where the agent of the target carries this out. */
  readonly isAgent?: boolean
  /** For targets without an agent; `fail` unless given. */
  readonly withoutAgent?: WithoutAgent | undefined
}

/** All states in order, with their parts. */
export const turnsOf = (states: readonly CompiledState[], ground: TurnGround): readonly Turn[] =>
  states.map((state, position) => ({
    state,
    position,
    parts: state.parts.map((part, index): PartInvocation => {
      const fn = ground.functionOf(part.fn)
      const late = latePart(state, part, fn, ground)
      const withoutAgent = fn.needs === 'agent' && ground.isAgent !== true ? (ground.withoutAgent ?? 'fail') : undefined
      const turn = { sequence: 0, run: 0, state, part, index, fn, withoutAgent, with: {} }
      return late === undefined ? turn : { ...turn, late }
    }),
  }))
