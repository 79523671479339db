import { ProveError, z } from '@prove/core'

/** What an agent needs to come to a master that does not know it: where, whom to find there, and a word that lets it in. */
export interface Join {
  /** Of the master; the first that answers is taken. None where the master dials. */
  readonly addresses: readonly string[]
  /** The fingerprint of the master. */
  readonly master: string
  readonly token: string
}

const prefix = 'prove-join:'

const shape = z.strictObject({
  a: z.array(z.string().min(1).max(255)).max(16),
  m: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  t: z.string().regex(/^[\w-]{22}$/),
})

/** One word, to be copied from the master to the host of the agent. Whoever has it may join until it expires. */
export const joinString = ({ addresses, master, token }: Join): string =>
  prefix + Buffer.from(JSON.stringify({ a: addresses, m: master, t: token })).toString('base64url')

/** Throws PRV_JOIN_STRING; the string is not repeated, for it is a secret. */
export const parseJoinString = (text: string): Join => {
  const said = text.trim()
  const fail = (found: string): ProveError =>
    new ProveError('PRV_JOIN_STRING', `the join string ${found}`, {
      hint: `copy the whole line that "prove keys join" prints; it begins with "${prefix}"`,
    })
  if (!said.startsWith(prefix)) throw fail(`does not begin with "${prefix}"`)
  let inside: unknown
  try {
    inside = JSON.parse(Buffer.from(said.slice(prefix.length), 'base64url').toString('utf8'))
  } catch {
    throw fail('is cut, or was changed on its way')
  }
  const parsed = shape.safeParse(inside, { jitless: true })
  if (!parsed.success) throw fail('is cut, or was changed on its way')
  return { addresses: parsed.data.a, master: parsed.data.m, token: parsed.data.t }
}
