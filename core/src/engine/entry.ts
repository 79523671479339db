import type { Read } from '../contracts/read.js'
import type { TouchedKeys } from '../world/world.js'
import type { Examined } from './examine.js'
import type { PartInvocation } from './invocation.js'

/** What was found about a part, once nothing is left to read. */
export type Decided = Exclude<Examined, { verdict: 'wanted' }>

/** A part that was decided and waits to be sent, or only to be settled in its turn. */
export interface Entry {
  readonly invocation: PartInvocation
  readonly found: Decided
  /** The numbers of its own steps. */
  readonly steps: readonly number[]
  /** Steps, sent in the same round trip, that must succeed for this part to run. */
  readonly needs: readonly number[]
  /** The places in the ledger of whom it may notify, and the step that must have noted them. */
  readonly promises: readonly string[]
  readonly note: number | undefined
  /** True when it stands on a part that is already known to fail. */
  readonly doomed: boolean
  readonly touched: TouchedKeys
  /** What its proof reads again. */
  readonly reads: readonly Read[]
}
