import type { Duplex } from 'node:stream'
import { type AgentDestination, coreVersion, ProveError } from '@prove/core'
import { admit, Connection, greet, type Greeted, type Hello, type KeyRing, type Refusal, secure } from '@prove/link'
import { AgentLink } from './agent-link.js'

/** Milliseconds for TLS, and as many for the hello. */
const handshake = 10_000

interface Greeting {
  readonly ring: KeyRing
  /** For whom the master asks. */
  readonly to: Pick<AgentDestination, 'owner' | 'signal'>
  /** Whether the master dialled. */
  readonly dialled: boolean
  /** Whether the agent of this key is spoken with. */
  readonly judge: (hello: Hello, peer: string) => Refusal | undefined
}

interface Met {
  readonly connection: Connection
  readonly greeted: Greeted
}

/** Secures a connection, and says hello to the agent at its end. */
export const greetAgent = async (stream: Duplex, { ring, to, dialled, judge }: Greeting): Promise<Met> => {
  const identity = ring.identity()
  const secured = await secure(stream, { identity, dialled, timeout: handshake, signal: to.signal })
  const { peer } = secured
  const connection = new Connection(secured.stream, peer)
  const greeted = await greet(connection, {
    own: { role: 'master', version: coreVersion, name: to.owner.who },
    judge: (hello) => judge(hello, peer),
    timeout: handshake,
  })
  return { connection, greeted }
}

interface Meeting {
  readonly ring: KeyRing
  readonly to: AgentDestination
  /** The fingerprint that is wanted, where the target names one. */
  readonly key: string | undefined
}

/** Makes sure of who is at the end of a connection that was dialled. */
export const meet = async (stream: Duplex, { ring, to, key }: Meeting): Promise<AgentLink> => {
  const { target } = to
  const judge = (hello: Hello, peer: string): Refusal | undefined => {
    if (ring.isRevoked(peer)) return revoked(peer)
    if (key !== undefined) return key === peer ? undefined : otherKey(target, peer, key)
    const admitted = admit(ring, { peer, hello, wanted: target })
    if ('refusal' in admitted) return admitted.refusal
    return admitted.key.name === target ? undefined : otherTarget(target, admitted.key.name, peer)
  }
  return linked(await greetAgent(stream, { ring, to, dialled: true, judge }), to, ring)
}

/** The link, until its key is revoked. What the agent has said of itself is kept. */
export const linked = ({ connection, greeted }: Met, { blobs }: AgentDestination, ring: KeyRing): AgentLink => {
  const link = new AgentLink(connection, greeted, blobs)
  const { peer } = connection
  ring.noteMet(peer, greeted.hello)
  const look = (): void => {
    if (!ring.isRevoked(peer)) return
    const { message, hint } = revoked(peer)
    connection.destroy(new ProveError('PRV_LINK_REFUSED', message, { hint }))
  }
  const end = ring.watch(look)
  // It may have been revoked while both sides were still greeting.
  look()
  void link.over.then(end)
  return link
}

const revoked = (key: string) => ({
  code: 'PRV_LINK_REFUSED',
  message: `the key ${key} was revoked`,
  hint: 'the host needs a new key to come back',
})

const otherKey = (target: string, found: string, wanted: string) => ({
  code: 'PRV_LINK_REFUSED',
  message: `the agent of "${target}" shows the key ${found}, where ${wanted} is expected`,
  hint: 'if its host was made anew, correct "key" of the target; else somebody else answers there',
})

const otherTarget = (target: string, name: string, found: string) => ({
  code: 'PRV_LINK_REFUSED',
  message: `the agent that answers for "${target}" has the key ${found}, which is that of "${name}"`,
  hint: `check the address of the target, or run "prove keys accept ${found} --name ${target}"`,
})
