import { defineOperation } from '../define.js'
import type { ActionResult } from './outcome.js'

export interface FactsInput {
  /** Those to tell; all unless given. */
  readonly names?: readonly string[] | undefined
}

export const factsOperation = defineOperation({
  name: 'facts',
  about: 'Tell what is known of the target.',
  command: (input?: FactsInput): FactsInput => ({ names: input?.names }),
  async action({ names }, { session }): Promise<ActionResult> {
    const all = Object.entries(await session.gatherFacts())
    const facts = names === undefined ? all : all.filter(([name]) => names.includes(name))
    return { result: Object.fromEntries(facts.toSorted(([a], [b]) => (a < b ? -1 : 1))) }
  },
})
