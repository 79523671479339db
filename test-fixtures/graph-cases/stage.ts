import type { LedgerEntry } from '../../core/src/contracts/ledger.js'
import type { Session } from '../../core/src/contracts/session.js'
import type { GraphCase } from './graph-case.js'

/** Where a case is run. */
export interface Stage {
  readonly name: string
  /** What stands for `{root}`. */
  readonly root: string
  /** Makes the target what the case says it is before the run. */
  build(one: GraphCase): Session
  /** What `work` was given since then, in order. */
  log(): readonly string[]
  /** All that a run could leave, as text. */
  snapshot(): string
  /** What the target keeps for the next run of this environment. */
  waiting(environment: string): Promise<readonly LedgerEntry[]>
  close(): Promise<void>
}
