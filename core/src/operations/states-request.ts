import type { CompiledState } from '../contracts/compiled.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { Change } from '../contracts/state-function.js'
import type { ToldInvocation } from '../engine/action-event.js'
import type { TargetEvent } from '../engine/event.js'
import { definitionOf, type PartInvocation, type WithoutAgent } from '../engine/invocation.js'
import type { LedgerOwner } from '../engine/ledger.js'

/** The compiled states of one target, and how they are to be carried out: plain data. */
export interface StatesRequest {
  readonly states: readonly CompiledState[]
  readonly speculate: boolean
  /** Whose notifications the ledgers of targets keep. */
  readonly owner: LedgerOwner
  /** Notify also where the target cannot keep that for the next run. */
  readonly ledgerOptional?: boolean
  /** What becomes of states that need an agent; they fail unless given. */
  readonly withoutAgent?: WithoutAgent
}

/** What is told of a part, planned or applied. */
interface Told {
  readonly invocation: PartInvocation
  readonly outcome: ToldInvocation['outcome']
  readonly reason?: string
  readonly guarded?: boolean
  readonly changes: readonly Change[]
}

/** The event of a notification of an earlier run that is for no state of this one. */
export const strayedEvent = (target: string, entry: LedgerEntry): TargetEvent => ({
  type: 'target',
  target,
  event: 'strayed',
  entry: { ...entry },
})

/** The event of one part, without what only a plan or only a run knows. */
export const invocationEvent = (
  target: string,
  { invocation, outcome, reason, guarded, changes }: Told,
): ToldInvocation => ({
  type: 'invocation',
  target,
  state: definitionOf(invocation.state),
  part: invocation.index,
  fn: invocation.part.fn,
  sequence: invocation.sequence,
  outcome,
  ...(reason === undefined ? {} : { reason }),
  ...(guarded === undefined ? {} : { guarded }),
  ...(invocation.wake === undefined ? {} : { notifiedBy: [...invocation.wake.by] }),
  ...(invocation.wake?.since === undefined ? {} : { notifiedSince: invocation.wake.since }),
  changes,
  with: { ...invocation.with },
})
