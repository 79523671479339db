import type { z } from 'zod'
import type { Example } from './example.js'
import type { ValuePath } from './loader.js'
import type { Args } from './state-function.js'

/** A state that is written inside the arguments of a meta-state, or made of them. */
export interface NestedState {
  /** What its id has behind that of the meta-state: `/stop`, `[alice]`. */
  readonly suffix: string
  /** Where in the arguments it is written, or what it is made of: errors in it point there. */
  readonly path: ValuePath
  /** The state as a state file would have it, where it is not written at that path. */
  readonly made?: unknown
  /** What late values in it can use by name, beside all that others can. */
  readonly names?: Readonly<Record<string, unknown>>
}

/** A state that is written elsewhere, by the name that others call it. */
export interface NamedState {
  readonly state: string
  /** Where in the arguments it is named. */
  readonly path: ValuePath
}

export type Member = NestedState | NamedState

/** What a meta-state makes of its arguments: a group of states. */
export interface Shape {
  readonly members: readonly Member[]
  /** Run when all members have ended and one has failed; where they succeed the group has. */
  readonly rescue?: readonly Member[]
  /** Run last, whatever happened, unless no member has begun. */
  readonly always?: readonly Member[]
  /** Each member runs when the one before it has succeeded, lazy or not; a named one may come again. */
  readonly inSequence?: boolean
}

/** What is wrong with arguments that are each right. */
export interface Misshapen {
  readonly problem: string
  readonly path: ValuePath
  readonly hint?: string
}

/** A function over states: it shapes the graph and never touches a target. */
export interface MetaState<S extends z.ZodRawShape = z.ZodRawShape> {
  /** `noun.kind`, such as `meta.group`. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** What its user should know beyond that and the arguments: paragraphs of Markdown. */
  readonly details?: string
  /** Shown with its arguments, in the order given. */
  readonly examples?: readonly Example[]
  /** The argument that may be given alone. */
  readonly main?: keyof S & string
  readonly args: S
  /** Pure: equal arguments have equal shapes, on every target. */
  shape(args: Args<S>): Shape | Misshapen
}
