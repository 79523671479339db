import type { z } from 'zod'
import type { Scope } from './contracts/scope.js'
import type { inclusionSchema } from './kernel/config-schema.js'

type OneOrMore<T> = T | readonly T[]

/** A line for a shell; or several commands, each a line or a list of words that no shell sees. */
type Commands = string | readonly (string | readonly string[])[]

/** The fields that a state or a part may have beside its arguments. */
export interface StateFields {
  /** States that must have succeeded before. */
  readonly requires?: OneOrMore<string>
  /** States that come before, whatever their outcome. */
  readonly after?: OneOrMore<string>
  /** Runs only when it is notified. */
  readonly lazy?: boolean
  /** States to run when this one changed. */
  readonly notify?: OneOrMore<string>
  /** States to run when this one failed. */
  readonly notify_failure?: OneOrMore<string>
  /** States whose change makes this one run; it is then lazy. */
  readonly listen?: OneOrMore<string>
  /** States whose failure makes this one run; it is then lazy. */
  readonly listen_failure?: OneOrMore<string>
  /** Nothing to do when any of these commands succeeds. */
  readonly unless?: Commands
  /** Nothing to do unless all of these commands succeed. */
  readonly onlyif?: Commands
  /** Nothing to do when this absolute path exists. */
  readonly creates?: string
  /** Seconds that each command may take. */
  readonly timeout?: number
  /** The user that commands run as. */
  readonly run_as?: string
  /** Environment variables of commands. */
  readonly env?: Readonly<Record<string, string | number | boolean>>
}

/**
 * The arguments of state functions by name, `{ 'file.directory': { path: string } }`. Plugins add theirs by declaration
 * merging, and states in TypeScript are then checked for them; a function that is not listed takes anything.
 */
export interface StateFunctionArguments {}

/** Arguments with fields among them, or the main argument alone. */
type Call<Arguments> = (Arguments & StateFields) | string | number | boolean | readonly unknown[]

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
