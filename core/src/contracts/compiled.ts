import type { Place } from '../error.js'

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
}

/** How the commands of a part run. */
export interface RunFields {
  readonly runAs?: string
  readonly env?: Readonly<Record<string, string>>
  /** Seconds for each of its steps. */
  readonly timeout?: number
}

/** A part with validated arguments: plain data. */
export interface CompiledPart {
  readonly fn: string
  readonly args: Readonly<Record<string, unknown>>
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
}

/** A state, in the order it will run, with every reference resolved: plain data. */
export interface CompiledState {
  /** `file:state`. */
  readonly id: string
  readonly parts: readonly CompiledPart[]
  /** Full ids that must have succeeded. */
  readonly requires: readonly string[]
  /** Runs only when it is notified. */
  readonly lazy: boolean
  readonly notifications: readonly Notification[]
  readonly place: Place
}
