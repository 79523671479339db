import type { z } from 'zod'
import type { Blob } from './blob.js'
import type { Example } from './example.js'
import type { Read } from './read.js'
import type { Step, StepResult } from './step.js'

/** One difference between what is and what was declared. */
export interface Change {
  readonly field: string
  readonly from: unknown
  readonly to: unknown
  /** Whole texts to show as a unified diff; the bytes of `to` the master holds, or the blob brings them. */
  readonly text?: { readonly from: string; readonly to: Blob }
  /** True for a change that only happens if the command says so afterwards (`changed_when`). */
  readonly maybe?: boolean
}

/** The state cannot be brought about, for a reason that a person can act on. */
export interface Blocked {
  readonly blocked: string
}

export const blocked = (reason: string): Blocked => ({ blocked: reason })

export const isBlocked = (found: readonly Change[] | Blocked): found is Blocked => !Array.isArray(found)

export type Reads = { readonly [name: string]: Read | undefined }

/** The answers to reads, by the same names. */
export type Seen<R extends Reads> = {
  readonly [K in keyof R]: NonNullable<R[K]> extends Read<infer Answer>
    ? Answer | (undefined extends R[K] ? undefined : never)
    : never
}

/** Answers so far, while further reads are chosen. Annotate the parameter with the names that are used. */
export type SeenSoFar = { readonly [name: string]: unknown }

export type Args<S extends z.ZodRawShape> = z.output<z.ZodObject<S>>

/**
 * When the state is read again to prove that it converged: `now`, in the round trip of its steps; `within`,
 * repeatedly for so many seconds; or `none`, because looking again proves nothing.
 */
export type Verify = 'now' | 'none' | { readonly within: number }

/** How a step's result is judged where exit status 0 is not the whole answer. */
export interface Verdict {
  readonly failed?: string
  readonly changed: boolean
}

/** What runs in an agent, beside what a shell does. */
export interface Native<S extends z.ZodRawShape = z.ZodRawShape> {
  /** Paths whose changes the agent hears of at once: it then applies the states that this one notifies. Pure. */
  watch(args: Args<S>): readonly string[]
}

export interface StateFunction<S extends z.ZodRawShape = z.ZodRawShape, R extends Reads = Reads> {
  /** `noun.condition`, a description of the end. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** What its user should know beyond that and the arguments: paragraphs of Markdown. */
  readonly details?: string
  /** Shown with its arguments, in the order given. */
  readonly examples?: readonly Example[]
  /** The argument that may be given alone: `file.directory: /srv/www`. */
  readonly main?: keyof S & string
  readonly args: S
  /** The reads wanted, given the answers so far. Asked again until it names no new one. Pure. */
  reads(args: Args<S>, seen: SeenSoFar): R
  /** Empty: already as declared. Pure. */
  check(args: Args<S>, seen: Seen<R>): readonly Change[] | Blocked
  /** Only asked when there are changes. Pure. */
  apply(args: Args<S>, seen: Seen<R>, changes: readonly Change[]): readonly Step[]
  /**
   * Steps of a notified part, behind those of apply: `changes` says what apply does already. A step that apply has as well
   * is done once. Pure.
   */
  onNotify?(args: Args<S>, seen: Seen<R>, changes: readonly Change[]): readonly Step[]
  /** Default: `now`. */
  verify?(args: Args<S>): Verify
  /** What is wrong with arguments that are each right: told when the states are compiled. Pure. */
  conflict?(args: Args<S>): string | undefined
  /** The path, or the paths, whose content it determines as a whole: two owners of one path are refused. Pure. */
  owns?(args: Args<S>): string | readonly string[] | undefined
  /** The path of which it keeps a piece: beside an owner of the whole it is refused, beside others like it welcome. Pure. */
  edits?(args: Args<S>): string | undefined
  /** How to judge the results of the steps, where exit status 0 is not the rule. Pure. */
  judge?(args: Args<S>): ((results: readonly StepResult[]) => Verdict) | undefined
  /** What later states may use as `outputs.STATE`, beside `changed`. Pure. */
  outputs?(args: Args<S>, results: readonly StepResult[]): Readonly<Record<string, unknown>>
  /** A state of nothing but such functions runs only when it is notified, unless it says `lazy: false`. */
  readonly lazy?: true
  /** Declared by functions that a shell cannot carry out. */
  readonly needs?: 'agent'
  /** What an agent goes on doing for a state of this function when the run is over. Only of functions that need one. */
  readonly native?: Native<S>
}
