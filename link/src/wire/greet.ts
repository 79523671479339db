import { ProveError } from '@prove/core'
import type { Connection, Incoming } from './connection.js'
import { wrong } from './frames.js'
import { type LinkError, type MessageOf, protocolVersion } from './messages.js'

export type Hello = MessageOf<'hello'>

/** Why one is not spoken with, as it is told. */
export type Refusal = LinkError

export interface Greeting {
  readonly own: Omit<Hello, 'kind' | 'protocol'>
  /** Whether this side speaks with the other one, which is known by the fingerprint of the connection. */
  readonly judge: (peer: Hello) => Refusal | undefined | Promise<Refusal | undefined>
  /** Milliseconds for all of it. */
  readonly timeout: number
}

/** What both sides have agreed on: the rest of what the other one says. */
export interface Greeted {
  readonly hello: Hello
  readonly incoming: AsyncGenerator<Incoming, void>
}

/**
 * Both sides say who they are, and that they will speak with the other. Nothing is asked of anyone before that. Throws
 * PRV_LINK_REFUSED when one of them will not; the connection is then gone.
 */
export const greet = async (connection: Connection, greeting: Greeting): Promise<Greeted> => {
  const late = new ProveError('PRV_LINK_LOST', 'the other side did not say who it is in time', {
    hint: 'check that it is a master or an agent of Prove',
  })
  const timer = setTimeout(() => connection.destroy(late), greeting.timeout)
  try {
    return await exchange(connection, greeting)
  } catch (error) {
    connection.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const exchange = async (connection: Connection, { own, judge }: Greeting): Promise<Greeted> => {
  const incoming = connection.incoming()
  await connection.send({ kind: 'hello', protocol: protocolVersion, ...own })
  const hello = await next(incoming, 'hello')
  const refusal = roleRefusal(own.role, hello) ?? (await judge(hello))
  if (refusal !== undefined) {
    await connection.send({ kind: 'refused', error: refusal })
    await Promise.all([connection.end(), drained(incoming)])
    throw refusedHere(refusal)
  }
  connection.trust()
  await connection.send({ kind: 'ready' })
  await next(incoming, 'ready')
  return { hello, incoming }
}

/** A stream ends when all that came has been read. */
const drained = async (incoming: AsyncGenerator<Incoming, void>): Promise<void> => {
  try {
    while ((await incoming.next()).done !== true);
  } catch {
    // Whatever it was, it ends.
  }
}

/** Only a master and an agent have something to say to each other. */
const roleRefusal = (own: Hello['role'], { role, protocol }: Hello): Refusal | undefined => {
  if (protocol !== protocolVersion) {
    const message = `this side speaks version ${protocolVersion} of the protocol, and the other one version ${protocol}`
    return { code: 'PRV_LINK_PROTOCOL', message, hint: 'bring both to versions of Prove that are alike' }
  }
  if (role !== own) return undefined
  return { code: 'PRV_LINK_REFUSED', message: `both sides are ${own}s`, hint: 'check the address that was dialled' }
}

const next = async <K extends 'hello' | 'ready'>(
  incoming: AsyncGenerator<Incoming, void>,
  kind: K,
): Promise<MessageOf<K>> => {
  const { value, done } = await incoming.next()
  if (done === true || value === undefined) throw new ProveError('PRV_LINK_LOST', 'the other side hung up at once')
  if (value.kind === 'refused') throw refusedThere(value.error)
  if (value.kind !== kind) throw wrong(`"${value.kind}" in place of "${kind}"`)
  return value as MessageOf<K>
}

/** What this side refused: an error that says so, for its log. */
const refusedHere = ({ message, hint }: Refusal): ProveError =>
  new ProveError('PRV_LINK_REFUSED', message, { hint: hint })

const refusedThere = ({ message, hint }: Refusal): ProveError =>
  new ProveError('PRV_LINK_REFUSED', `the other side refused: ${message}`, { hint: hint })
