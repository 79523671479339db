import type { Change } from './contracts/state-function.js'
import type { Outcome, TargetOutcome } from './engine/event.js'
import type { Place } from './error.js'

/** A file that holds states. */
export interface StateFile {
  /** The path as it was given. */
  readonly path: string
  /** The first half of the full ids of its states. */
  readonly name: string
  readonly states: readonly State[]
}

/** Something that is to be so: an id with parts. */
export interface State {
  /** `file:state`. */
  readonly id: string
  readonly name: string
  readonly parts: readonly StatePart[]
  readonly requires: readonly string[]
  readonly after: readonly string[]
  readonly place: Place
}

/** One call of a state function with arguments. */
export interface StatePart {
  readonly fn: string
  readonly args: Readonly<Record<string, unknown>>
  readonly place: Place
}

/** One execution of states on one target. */
export interface StateRun {
  readonly id: string
  readonly target: string
  readonly outcome: TargetOutcome
  readonly invocations: readonly StateInvocation[]
}

/** One execution of one state, with its own scope. */
export interface StateInvocation {
  readonly state: State
  readonly with: Readonly<Record<string, unknown>>
  readonly parts: readonly StatePartInvocation[]
}

/** One execution of one part. */
export interface StatePartInvocation {
  readonly part: StatePart
  readonly outcome: Outcome
  readonly changes: readonly Change[]
}

/** The graph of a run. */
export interface RootNode {
  readonly nodes: readonly Node[]
}

/** A state in the graph, and the states around it. */
export interface Node {
  readonly state: State
  /** Run before it. */
  readonly dependencies: readonly Node[]
  /** Run when it changed. */
  readonly notify: readonly Node[]
  /** Run when it failed. */
  readonly notifyFailure: readonly Node[]
}
