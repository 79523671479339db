import type { Duplex } from 'node:stream'
import { type AgentDestination, coreVersion, ProveError } from '@prove/core'
import { admit, Connection, greet, type Greeted, type KeyRing, secure } from '@prove/link'
import { AgentLink } from './agent-link.js'

/** Milliseconds for TLS, and as many for the hello. */
export const handshake = 10_000

interface Meeting {
  readonly ring: KeyRing
  readonly to: AgentDestination
  /** The fingerprint that is wanted, where the target names one. */
  readonly key: string | undefined
}

/** Secures a connection that was dialled, and makes sure of who is at its end. */
export const meet = async (stream: Duplex, { ring, to, key }: Meeting): Promise<AgentLink> => {
  const { target, signal } = to
  const secured = await secure(stream, { identity: ring.identity(), dialled: true, timeout: handshake, signal })
  const connection = new Connection(secured.stream, secured.peer)
  const greeted = await greet(connection, {
    own: { role: 'master', version: coreVersion, name: to.owner.who },
    judge: (hello) => {
      if (ring.byFingerprint(secured.peer)?.state === 'revoked') return revoked(secured.peer)
      if (key !== undefined) return key === secured.peer ? undefined : otherKey(target, secured.peer, key)
      const admitted = admit(ring, { peer: secured.peer, hello, wanted: target })
      if ('refusal' in admitted) return admitted.refusal
      return admitted.key.name === target ? undefined : otherTarget(target, admitted.key.name, secured.peer)
    },
    timeout: handshake,
  })
  return linked(connection, greeted, to, ring)
}

/** The link, until its key is revoked. */
export const linked = (
  connection: Connection,
  greeted: Greeted,
  { blobs }: AgentDestination,
  ring: KeyRing,
): AgentLink => {
  const link = new AgentLink(connection, greeted, blobs)
  const { peer } = connection
  const look = (): void => {
    if (ring.byFingerprint(peer)?.state !== 'revoked') return
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
