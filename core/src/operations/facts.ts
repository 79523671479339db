import { defineOperation } from '../define.js'

export const factsOperation = defineOperation({
  name: 'facts',
  about: 'Tell what is known of the target.',
  command: () => ({}),
  async action(_request, { session }) {
    const facts = Object.entries(await session.gatherFacts())
    return { result: Object.fromEntries(facts.toSorted(([a], [b]) => (a < b ? -1 : 1))) }
  },
})
