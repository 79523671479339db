import { ProveError } from '@prove/core'
import { KeyRing, type KeyState, type KnownKey } from '@prove/link'

type Print = (text: string) => void

const found = (asked: string, state: KeyState): { readonly ring: KeyRing; readonly key: KnownKey } => {
  const ring = new KeyRing()
  return { ring, key: ring.find(asked, state) }
}

/** Lets a key that waits be that of a target. */
export const acceptKey = (asked: string, name: string | undefined, print: Print): number => {
  const { ring, key } = found(asked, 'waiting')
  if (key.state === 'revoked') {
    throw new ProveError('PRV_KEY_STATE', `the key ${key.fingerprint} was revoked`, {
      hint: 'run "prove keys reject" to forget that it was revoked; it then waits again when it comes',
    })
  }
  const accepted = ring.accept({ ...key, name: name ?? key.name })
  print(`accepted as the agent of "${accepted.name}": ${accepted.fingerprint}\n`)
  return 0
}

/** Forgets a key. */
export const rejectKey = (asked: string, print: Print): number => {
  const { ring, key } = found(asked, 'waiting')
  if (key.state === 'accepted') {
    throw new ProveError('PRV_KEY_STATE', `the key of "${key.name}" is accepted`, {
      hint: `run "prove keys revoke ${key.name}"`,
    })
  }
  ring.forget(key)
  print(`forgotten: ${key.fingerprint}\n`)
  return 0
}

/** Ends what was between the master and the holder of a key. */
export const revokeKey = (asked: string, print: Print): number => {
  const { ring, key } = found(asked, 'accepted')
  ring.revoke(key)
  print(`revoked: ${key.fingerprint}, which was that of "${key.name}"\n`)
  return 0
}
