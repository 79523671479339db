import type { TargetOutcome } from '../engine/event.js'

/** What every action returns for its target. */
export interface ActionResult {
  readonly outcome?: TargetOutcome
  readonly result?: Readonly<Record<string, unknown>>
  readonly rereads?: number
}
