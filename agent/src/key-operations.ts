import { ProveError, z } from '@prove/core'
import type { AgentKeys } from './agent-keys.js'

const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/)

const schemas = {
  'agent.expect': z.strictObject({ next: fingerprint, master: fingerprint }),
  'agent.renew': z.strictObject({}),
  'agent.confirm': z.strictObject({ fingerprint }),
} as const

type Result = Readonly<Record<string, unknown>>

/** What an agent does about keys when its master asks; undefined for what is no such operation. */
export const keyOperation = (keys: AgentKeys, name: string, request: unknown): Result | undefined => {
  if (name === 'agent.expect') {
    const { next, master } = parsed(schemas[name], request)
    keys.expect(next, master)
    return {}
  }
  if (name === 'agent.renew') {
    parsed(schemas[name], request)
    return { fingerprint: keys.renew() }
  }
  if (name !== 'agent.confirm') return undefined
  keys.confirm(parsed(schemas[name], request).fingerprint)
  return {}
}

const parsed = <T>(schema: z.ZodType<T>, request: unknown): T => {
  const result = schema.safeParse(request, { jitless: true })
  if (result.success) return result.data
  throw new ProveError('PRV_AGENT_REQUEST', 'the agent does not understand what is asked about keys', {
    hint: 'bring master and agent to versions of Prove that are alike',
  })
}
