import type { ActionEvent } from '../engine/action-event.js'
import type { Interruption } from '../engine/interruption.js'
import type { ActionResult } from '../operations/outcome.js'
import type { FactSource } from './facts.js'
import type { Operation } from './operation.js'

/** What an action is given by whoever waits for it. */
export interface Awaiting {
  readonly interruption: Interruption
  readonly emit: (event: ActionEvent) => void
}

/** A target that was reached, by a shell from here or by the agent there. */
export interface Reached {
  /** What it has told of itself so far, as plain data. Null: asked and not known; absent: not asked. */
  readonly allFacts: Readonly<Record<string, unknown>>
  /** Asks the sources that have not been asked, in one round trip; default all. Resolves to {@link allFacts}. */
  gatherFacts(sources?: readonly FactSource[]): Promise<Readonly<Record<string, unknown>>>
  /** Looks for the programs that plugins need which came after the target was reached. */
  seekTools(): Promise<void>
  /** Carries out the action of an operation beside the target. Throws what it throws. */
  act(operation: Operation, request: unknown, awaiting: Awaiting): Promise<ActionResult>
  close(): Promise<void>
  /** Since the hello. */
  readonly roundTrips: number
}
