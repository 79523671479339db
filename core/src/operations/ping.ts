import { defineOperation } from '../define.js'

export const pingOperation = defineOperation({
  name: 'ping',
  about: 'Open a shell on the target and wait for its answer.',
  command: () => ({}),
  action: (_request, { session }) =>
    Promise.resolve({ result: { hostname: session.facts.hostname, user: session.facts.user } }),
})
