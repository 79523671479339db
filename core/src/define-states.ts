import type { z } from 'zod'
import type { LateValue } from './contracts/late.js'
import type { Scope } from './contracts/scope.js'
import type { inclusionSchema } from './kernel/config-schema.js'
import type { LateExpression } from './late/late.js'

type OneOrMore<T> = T | readonly T[]

/** A line for a shell; or several commands, each a line or a list of words that no shell sees. */
type Commands = string | readonly (string | readonly string[])[]

/** A late value that stands for a whole field must be known before the run, but in `when`. */
type KnownLate<T> = T | LateExpression | LateValue

/** A state to notify, and the variables that it is given. */
type Notified = string | { readonly state: string; readonly with?: Readonly<Record<string, unknown>> }

/** Names of those fields, which no argument may have. */
export const stateFieldNames = [
  'requires',
  'after',
  'lazy',
  'notify',
  'notify_failure',
  'listen',
  'listen_failure',
  'defer',
  'when',
  'with',
  'retry',
  'unless',
  'onlyif',
  'creates',
  'timeout',
  'run_as',
  'env',
] as const satisfies readonly (keyof StateFields)[]

/** The fields that a state or a part may have beside its arguments. */
export interface StateFields {
  /** States that must have succeeded before. */
  readonly requires?: KnownLate<OneOrMore<string>>
  /** States that come before, whatever their outcome. */
  readonly after?: KnownLate<OneOrMore<string>>
  /** Runs only when it is notified. */
  readonly lazy?: KnownLate<boolean>
  /** States to run when this one changed. */
  readonly notify?: OneOrMore<Notified>
  /** States to run when this one failed. */
  readonly notify_failure?: OneOrMore<Notified>
  /** States whose change makes this one run; it is then lazy. */
  readonly listen?: KnownLate<OneOrMore<string>>
  /** States whose failure makes this one run; it is then lazy. */
  readonly listen_failure?: KnownLate<OneOrMore<string>>
  /** Runs when all others have ended. */
  readonly defer?: KnownLate<boolean>
  /** Nothing to do unless this holds: a late value, or the text of one. */
  readonly when?: boolean | string | LateExpression | LateValue
  /** Variables that late values see as `with`; a notification may give others. */
  readonly with?: Readonly<Record<string, unknown>>
  /** How often it is tried where it fails, and the seconds between. */
  readonly retry?: KnownLate<number | { readonly attempts: number; readonly delay?: number }>
  /** Nothing to do when any of these commands succeeds. */
  readonly unless?: KnownLate<Commands>
  /** Nothing to do unless all of these commands succeed. */
  readonly onlyif?: KnownLate<Commands>
  /** Nothing to do when this absolute path exists. */
  readonly creates?: KnownLate<string>
  /** Seconds that each command may take. */
  readonly timeout?: KnownLate<number>
  /** The user that commands run as. */
  readonly run_as?: KnownLate<string>
  /** Environment variables of commands. */
  readonly env?: KnownLate<Readonly<Record<string, KnownLate<string | number | boolean>>>>
}

/**
 * The arguments of state functions by name, `{ 'file.directory': { path: string } }`. Plugins add theirs by declaration
 * merging, and states in TypeScript are then checked for them; a function that is not listed takes anything.
 */
export interface StateFunctionArguments {}

/** A late value may stand for an argument, and for anything inside one. */
type OrLate<T> = LateExpression | LateValue | (T extends object ? { readonly [K in keyof T]: OrLate<T[K]> } : T)

/** Arguments with fields among them, or the main argument alone. */
type Call<Arguments> =
  | ({ readonly [Name in keyof Arguments]: OrLate<Arguments[Name]> } & StateFields)
  | LateExpression
  | string
  | number
  | boolean
  | readonly unknown[]

type Calls = { readonly [Fn in keyof StateFunctionArguments]?: Call<StateFunctionArguments[Fn]> } & {
  readonly [fn: `${string}.${string}`]: unknown
}

/** Keys with a dot are functions, and all others fields. */
type CallingPart = Calls & StateFields & { readonly fn?: never; readonly parts?: never }

/** `fn` names the function, and its arguments stand beside it. */
type NamingPart = StateFields & { readonly fn: string; readonly [argument: string]: unknown }

/** One call of a state function, or several as keys of one map. */
export type PartInput = CallingPart | NamingPart

/** A list of parts; one part; or a list of parts with fields for all of them. */
export type StateInput =
  | readonly PartInput[]
  | PartInput
  | (StateFields & { readonly parts: readonly PartInput[]; readonly fn?: never })

type IncludeInput = z.input<typeof inclusionSchema>

/** What a state file holds: ids and states, and what it includes by the key `include`. */
export interface StatesInput {
  readonly [id: string]: StateInput | OneOrMore<IncludeInput>
}

/** States as they are, or a function that makes them for the target of its scope. */
export type StatesDefinition = StatesInput | ((scope: Scope) => StatesInput | Promise<StatesInput>)

/**
 * Gives completion and checking in an editor; the default export of a state file in TypeScript. A function is called
 * again for every target, and must keep nothing between its calls.
 */
export const defineStates = <Definition extends StatesDefinition>(states: Definition): Definition => states
