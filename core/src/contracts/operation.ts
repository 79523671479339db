import type { ActionEvent } from '../engine/action-event.js'
import type { Interruption } from '../engine/interruption.js'
import type { BlobStore } from './blob.js'
import type { Kinds } from '../wire/session-options.js'
import type { Session } from './session.js'
import type { StateFunction } from './state-function.js'

/** What a command knows of the target it prepares a request for. */
export interface CommandContext {
  readonly target: string
}

/** What is there on the side where an action is carried out: a request names functions and contents, and has none in it. */
export interface Abilities {
  readonly functionOf: (name: string) => StateFunction
  readonly kinds: Kinds
  readonly blobs: BlobStore
  /** True in an agent: states that need one are carried out. */
  readonly isAgent?: boolean
}

/** What an action may use on its target. */
export interface ActionContext extends Abilities {
  readonly target: string
  readonly session: Session
  readonly interruption: Interruption
  readonly emit: (event: ActionEvent) => void
}

/**
 * A pair: the command runs on the master and makes a request of plain data for each target; the action carries
 * it out beside the target, in the same process or in an agent.
 */
export interface Operation<Input = unknown, Request = unknown, Result = unknown> {
  readonly name: string
  readonly about: string
  /** True when the action changes the target: it then holds the lock of the target. */
  readonly changes?: boolean
  /** True when the action ends by itself after Ctrl-C, because it has something to finish; the session of others ends at once. */
  readonly endsItself?: boolean
  command(input: Input, context: CommandContext): Request | Promise<Request>
  action(request: Request, context: ActionContext): Promise<Result>
}
