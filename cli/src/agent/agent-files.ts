import { join } from 'node:path'

/** What an agent keeps in its folder of state. */
export const agentFiles = (state: string) => ({
  key: join(state, 'agent.key'),
  /** The word that lets it in; gone once it was let in. */
  token: join(state, 'join-token'),
})
