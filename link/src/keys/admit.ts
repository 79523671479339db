import { ProveError } from '@prove/core'
import type { Hello, Refusal } from '../wire/greet.js'
import type { KeyRing, KnownKey } from './key-ring.js'

/** An agent that has shown itself to the master. */
export interface Shown {
  /** The fingerprint that its link is secured by. */
  readonly peer: string
  readonly hello: Hello
  /** The target whose agent is wanted, where one is. */
  readonly wanted?: string | undefined
}

/** The key that an agent is known by, or why it is not spoken with. */
export type Admitted = { readonly key: KnownKey } | { readonly refusal: Refusal }

/** Whether the master speaks with an agent: its key is accepted, or it brings a word that lets it in. All others wait. */
export const admit = (ring: KeyRing, { peer, hello, wanted }: Shown): Admitted => {
  const known = ring.byFingerprint(peer)
  if (known?.state === 'revoked') return refuse(`the key ${peer} was revoked`, 'the host needs a new key to come back')
  if (known?.state === 'accepted') return { key: known }
  if (hello.token !== undefined) return redeem(ring, hello.token, { peer, hello, wanted })
  const isNoted = ring.noteWaiting({ fingerprint: peer, hostname: hello.name })
  if (!isNoted) return refuse('too many keys wait to be accepted', 'reject those that are strange, on the master')
  const what = `the key ${peer} waits to be accepted on the master`
  return refuse(what, `compare it with what "prove-agent show" prints there, and run "prove keys accept ${peer}"`)
}

const redeem = (ring: KeyRing, word: string, { peer, hello, wanted }: Shown): Admitted => {
  const redeemed = ring.tokens.redeem(word)
  if ('refused' in redeemed) {
    const what =
      redeemed.refused === 'expired' ? 'the join string has expired' : 'the join string is not known, or was used'
    return refuse(what, 'make another with "prove keys join" on the master')
  }
  const name = redeemed.token.name ?? wanted ?? hello.name
  try {
    return { key: ring.accept({ fingerprint: peer, name, hostname: hello.name }) }
  } catch (error) {
    if (!(error instanceof ProveError)) throw error
    return refuse(error.message, error.hint)
  }
}

const refuse = (message: string, hint: string | undefined): Admitted => ({
  refusal: { code: 'PRV_LINK_REFUSED', message, ...(hint === undefined ? {} : { hint }) },
})
