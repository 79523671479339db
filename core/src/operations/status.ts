import type { LedgerEntry } from '../contracts/ledger.js'
import { defineOperation } from '../define.js'
import { ProveError } from '../error.js'
import { didYouMean } from '../nearest.js'
import { ledgerClear } from '../steps/ledger.js'
import type { ActionResult } from './outcome.js'

/** Whatever the ledger of the target keeps, the longest waiting first. */
const sorted = (entries: readonly LedgerEntry[]): readonly LedgerEntry[] =>
  entries.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))

export const statusOperation = defineOperation({
  name: 'status',
  about: 'Tell which notifications the target keeps for the next run.',
  command: () => ({}),
  action: async (_request, { session }): Promise<ActionResult> => ({
    result: { pending: sorted(await session.ledger()) },
  }),
})

export interface DismissInput {
  /** Full ids of states, or the names of entries. */
  readonly dismiss: readonly string[]
}

export const dismissOperation = defineOperation({
  name: 'dismiss',
  about: 'Make the target forget notifications that no run is to answer any more.',
  changes: true,
  command: (input: DismissInput): DismissInput => input,
  action: async ({ dismiss }, { session }): Promise<ActionResult> => {
    const entries = await session.ledger()
    const chosen = dismiss.flatMap((name) => {
      const found = entries.filter(({ state, key }) => state === name || key === name)
      if (found.length > 0) return found
      const hint =
        didYouMean(
          name,
          entries.map(({ state }) => state),
        ) ?? 'run "prove status" to see what is pending'
      throw new ProveError('PRV_LEDGER_UNKNOWN', `no notification for "${name}" is pending`, { hint })
    })
    const step = { number: 0, needs: [], step: ledgerClear(chosen.map(({ key }) => key)) }
    const { results } = await session.perform([{ steps: [step], proof: [] }], [])
    const outcome = results.get(0)?.status === 'done' ? 'changed' : 'failed'
    return { outcome, result: { dismissed: sorted(chosen) } }
  },
})
