import type { CompiledState } from '../contracts/compiled.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { StateFunction } from '../contracts/state-function.js'
import type { Change } from '../contracts/state-function.js'
import type { BlobStore } from '../contracts/blob.js'
import type { ChangeEvent, InvocationEvent, TargetEvent } from '../engine/event.js'
import { definitionOf, type PartInvocation, type WithoutAgent } from '../engine/invocation.js'
import type { LedgerOwner } from '../engine/ledger.js'
import { isMade, peekBlob } from '../made-blob.js'
import type { Kinds } from '../wire/session-options.js'
import { createTwoFilesPatch } from 'diff'

/** The compiled states of one target, and what carrying them out needs of the master. */
export interface StatesRequest {
  readonly states: readonly CompiledState[]
  readonly speculate: boolean
  readonly functionOf: (name: string) => StateFunction
  readonly kinds: Kinds
  readonly blobs: BlobStore
  /** Whose notifications the ledgers of targets keep. */
  readonly owner: LedgerOwner
  /** Notify also where the target cannot keep that for the next run. */
  readonly ledgerOptional?: boolean
  /** What becomes of states that need an agent; they fail unless given. */
  readonly withoutAgent?: WithoutAgent
}

/** Bytes of new content up to which a diff is made. */
const diffLimit = 256 * 1024

/** A change as it is told: whole texts become a unified diff. */
const changeEvent = ({ field, from, to, text }: Change, blobs: BlobStore): ChangeEvent => {
  const bytes = text === undefined ? undefined : peekBlob(blobs, text.to, diffLimit)
  if (text === undefined || bytes === undefined || bytes.includes(0)) return { field, from, to }
  const after = bytes.toString(isMade(text.to) ? text.to.encoding : 'utf8')
  const diff = createTwoFilesPatch('before', 'after', text.from, after, '', '', { timeout: 500 })
  return diff === undefined ? { field, from, to } : { field, from, to, diff: diff.slice(diff.indexOf('--- ')) }
}

/** What is told of a part, planned or applied. */
interface Told {
  readonly invocation: PartInvocation
  readonly outcome: InvocationEvent['outcome']
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
  blobs: BlobStore,
): InvocationEvent => ({
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
  changes: changes.map((change) => changeEvent(change, blobs)),
  with: { ...invocation.with },
})
