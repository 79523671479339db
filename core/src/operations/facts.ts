import { defineOperation } from '../define.js'

export const factsOperation = defineOperation({
  name: 'facts',
  about: 'Tell what is known of the target.',
  command: () => ({}),
  action: (_request, { session }) => Promise.resolve({ result: { ...session.facts } }),
})
