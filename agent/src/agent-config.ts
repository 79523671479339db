import { readFileSync } from 'node:fs'
import { messageOf, ProveError, schemaProblems, z } from '@prove/core'

const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'expected a fingerprint: SHA256:…')

const address = z.string().regex(/^[a-z][a-z0-9-]*:\/\/\S+$/, 'expected an address such as tcp://host:4505')

/** How an agent is set up: `/etc/prove-agent/agent.json`. */
const shape = z.strictObject({
  /** What it calls its host when it shows itself; the name of the host unless given. */
  name: z.string().min(1).max(255).optional(),
  /** Masters that it obeys, by their fingerprints, and no others. */
  masters: z.array(fingerprint).min(1),
  /** New keys of masters that have not come with them yet: each by the key that it replaces. */
  replaces: z.record(z.string(), fingerprint).default({}),
  /** Where it waits for a master. */
  listen: z.array(address).default([]),
  /** Masters that it dials, and dials again. */
  dial: z.array(address).default([]),
  /** Of transports, by their names: what tunes them. */
  transports: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export type AgentConfig = z.output<typeof shape>

/** Throws PRV_AGENT_CONFIG. */
export const parseAgentConfig = (text: string, file: string): AgentConfig => {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch (error) {
    throw new ProveError('PRV_AGENT_CONFIG', `"${file}" is no JSON: ${messageOf(error)}`, { hint: 'correct it' })
  }
  const parsed = shape.safeParse(said, { jitless: true })
  if (!parsed.success) {
    const [problem] = schemaProblems(parsed.error)
    const where = problem?.path.join('.') ?? ''
    throw new ProveError('PRV_AGENT_CONFIG', `"${where}" in "${file}": ${problem?.message ?? 'wrong value'}`, {
      hint: 'correct it, or write it anew with "prove-agent join"',
    })
  }
  if (parsed.data.listen.length + parsed.data.dial.length === 0) {
    throw new ProveError('PRV_AGENT_CONFIG', `"${file}" says neither where to "listen" nor whom to "dial"`, {
      hint: 'give one of both an address such as tcp://0.0.0.0:4505',
    })
  }
  return parsed.data
}

/** Throws PRV_AGENT_CONFIG, also where there is no file. */
export const readAgentConfig = (file: string): AgentConfig => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_AGENT_CONFIG', `"${file}" cannot be read: ${messageOf(error)}`, {
      hint: 'make it with "prove-agent join", and the word that "prove keys join" prints on the master',
    })
  }
  return parseAgentConfig(text, file)
}
