import type { Place } from '../error.js'
import type { Late } from './late.js'

/** A guard's command: text for a shell, or words. */
export type GuardCommand = string | readonly string[]

/** Conditions under which a part has nothing to do. */
export interface Guards {
  /** A path: when it exists there is nothing to do. */
  readonly creates?: string
  /** Nothing to do when any of these succeeds. */
  readonly unless: readonly GuardCommand[]
  /** Nothing to do unless all of these succeed. */
  readonly onlyif: readonly GuardCommand[]
  /** Nothing to do unless this holds. */
  readonly when?: Late
}

/** How the commands of a part run. */
export interface RunFields {
  readonly runAs?: string
  readonly env?: Readonly<Record<string, string>>
  /** Seconds for each of its steps. */
  readonly timeout?: number
}

/** How often a part that fails is tried. */
export interface Retry {
  /** The first one included. */
  readonly attempts: number
  /** Seconds between two of them. */
  readonly delay: number
}

/** Read as `FROM requires TO`, `FROM notify TO`; a group leads to what belongs to it, as `GROUP member STATE`. */
export const edgeKinds = [
  'requires',
  'after',
  'soft',
  'notify',
  'notify_failure',
  'member',
  'rescue',
  'always',
] as const
export type EdgeKind = (typeof edgeKinds)[number]

/** A part with validated arguments: plain data. */
export interface CompiledPart {
  readonly fn: string
  readonly args: Readonly<Record<string, unknown>>
  /** The arguments that hold late values, and are validated when these are known. */
  readonly late?: readonly string[]
  readonly retry?: Retry
  readonly guards: Guards
  readonly run: RunFields
  readonly place: Place
}

/** The states that are run when something came of a state. */
export interface Notification {
  readonly on: 'changed' | 'failed'
  /** The part that it hangs on, from 0; any of them when absent. */
  readonly part?: number
  /** Full ids. */
  readonly states: readonly string[]
  /** Variables for those invocations; may hold late values, evaluated in the scope of the notifier. */
  readonly with?: Readonly<Record<string, unknown>>
}

/** When a state that belongs to a group runs: after a member failed, or whenever the group began. */
export interface Gate {
  readonly group: string
  readonly as: 'rescue' | 'always'
}

/** What a group ends with; its place in the order is behind all that belongs to it. */
export interface CompiledGroup {
  /** Full ids of states and of groups. */
  readonly members: readonly string[]
  readonly rescue: readonly string[]
  readonly always: readonly string[]
}

/** A state, in the order it will run, with every reference resolved: plain data. */
export interface CompiledState {
  /** `file:state`; with `#2` behind it where a sequence runs a state a second time. */
  readonly id: string
  /** The state that this is a further run of. */
  readonly of?: string
  readonly parts: readonly CompiledPart[]
  /** Full ids that must have succeeded. */
  readonly requires: readonly string[]
  /** Full ids that come before, whatever their outcome: what is written, and what follows from late values and groups. */
  readonly after?: readonly string[]
  /** Runs only when it is notified. */
  readonly lazy: boolean
  /** Runs when all others have ended. */
  readonly defer?: true
  /** Variables of every invocation; may hold late values. */
  readonly with?: Readonly<Record<string, unknown>>
  readonly notifications: readonly Notification[]
  /** Full ids of the states whose outputs its late values use. */
  readonly uses?: readonly string[]
  /** It runs of its own only when all of these are open. */
  readonly gates?: readonly Gate[]
  /** Set on a group, which has no parts. */
  readonly group?: CompiledGroup
  readonly place: Place
}
