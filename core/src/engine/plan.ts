import type { Facts } from '../contracts/facts.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { Reader } from '../contracts/session.js'
import type { Kinds } from '../wire/session-options.js'
import { World } from '../world/world.js'
import { Agenda } from './agenda.js'
import { Foretelling } from './foretelling.js'
import { gather, readAll } from './gather.js'
import type { Turn } from './invocation.js'
import type { LedgerOwner } from './ledger.js'
import type { PlanLine } from './plan-line.js'

export interface PlanGround {
  readonly reader: Reader
  readonly facts: Facts
  readonly kinds: Pick<Kinds, 'read' | 'step'>
  readonly owner: LedgerOwner
  /** What the target keeps of earlier runs; asked after the first reads. */
  readonly ledger: () => Promise<readonly LedgerEntry[]>
  /** A notification of an earlier run that is for no state of this one. */
  readonly strayed?: (entry: LedgerEntry) => void
}

/**
 * Says what apply would do, in order, without touching the target: it is given a reader, which cannot. Lines that rest on
 * what earlier steps leave are checked against the predicted world.
 */
export const plan = async (turns: readonly Turn[], ground: PlanGround): Promise<readonly PlanLine[]> => {
  const world = new World(ground.kinds.read)
  await gather(ground.reader, world, new Agenda(turns).ahead())
  const entries = await ground.ledger()
  for (;;) {
    const foretold = new Foretelling(turns, world, ground, entries)
    foretold.run()
    if (foretold.wanted.length === 0) {
      for (const entry of foretold.strayed) ground.strayed?.(entry)
      return foretold.lines
    }
    // The predicted world raised questions that the present one did not.
    await readAll(ground.reader, world, foretold.wanted)
  }
}
