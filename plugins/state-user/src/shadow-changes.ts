import { type Blocked, blocked, type Change, makeBlob, type Step } from '@prove/core'
import { dateOf, daysOf } from './days.js'
import type { ShadowEntry } from './reads/accounts.js'
import type { UserAgeingStep, UserLockStep, UserPasswordStep } from './steps/password.js'
import type { UserArguments } from './user-arguments.js'

/** How /etc/shadow begins for a user that useradd has just made. */
export const newShadow: ShadowEntry = {
  password: '!',
  minimum: undefined,
  maximum: undefined,
  warning: undefined,
  inactive: undefined,
  expires: undefined,
}

/** The arguments that only /etc/shadow can answer. */
export const isAboutShadow = (given: UserArguments): boolean =>
  [
    given.password,
    given.locked,
    given.expires,
    given.password_max_days,
    given.password_min_days,
    given.password_warn_days,
  ].some((value) => value !== undefined)

const hashOf = ({ password }: ShadowEntry): string => password.replace(/^!+/, '')
const isLocked = ({ password }: ShadowEntry): boolean => password.startsWith('!')

/** No hash is there, so nothing is locked up either: only a password can be set. */
const hasNone = (now: ShadowEntry): boolean => hashOf(now) === '' || hashOf(now) === '*'

const wantsPassword = ({ password, password_once: once }: UserArguments, now: ShadowEntry): boolean =>
  password !== undefined && password !== hashOf(now) && (once !== true || hasNone(now))

/** Whether it is locked in the end; a lock that somebody laid on a password stays when the hash changes. */
const endsLocked = (given: UserArguments, now: ShadowEntry): boolean => {
  if (given.locked !== undefined) return given.locked
  return isLocked(now) && (!wantsPassword(given, now) || !hasNone(now))
}

const shownExpiry = (days: number | undefined): string => (days === undefined ? 'never' : dateOf(days))

const ageing = [
  ['password_max_days', 'maximum', '-M'],
  ['password_min_days', 'minimum', '-m'],
  ['password_warn_days', 'warning', '-W'],
] as const

const expiryOf = ({ expires }: UserArguments): number | undefined =>
  expires === undefined || expires === 'never' ? undefined : daysOf(expires)

/** What differs of what /etc/shadow holds. Hashes are compared here, and shown nowhere. */
export const shadowChanges = (given: UserArguments, now: ShadowEntry): readonly Change[] | Blocked => {
  const changes: Change[] = []
  const sets = wantsPassword(given, now)
  if (given.locked === false && !sets && isLocked(now) && hasNone(now)) {
    return blocked(`"${given.name}" has no password: unlocked, it would be let in without one`)
  }
  if (sets) changes.push({ field: 'password', from: null, to: '(secret)' })
  if (endsLocked(given, now) !== isLocked(now) && given.locked !== undefined) {
    changes.push({ field: 'locked', from: isLocked(now), to: given.locked })
  }
  if (given.expires !== undefined && expiryOf(given) !== now.expires) {
    changes.push({ field: 'expires', from: shownExpiry(now.expires), to: given.expires })
  }
  for (const [name, field] of ageing) {
    const days = given[name]
    if (days !== undefined && days !== now[field]) changes.push({ field: name, from: now[field] ?? null, to: days })
  }
  return changes
}

/** The steps for those changes, each knowing what the one before it left. */
export const shadowSteps = (given: UserArguments, now: ShadowEntry): readonly Step[] => {
  const { name } = given
  const steps: (UserPasswordStep | UserLockStep | UserAgeingStep)[] = []
  let leaves = now
  const locked = endsLocked(given, now)
  if (given.password !== undefined && wantsPassword(given, now)) {
    leaves = { ...leaves, password: locked ? `!${given.password}` : given.password }
    steps.push({ kind: 'user.password', name, line: makeBlob(`${name}:${leaves.password}\n`), leaves })
  } else if (given.locked !== undefined && locked !== isLocked(now)) {
    leaves = { ...leaves, password: locked ? `!${now.password}` : hashOf(now) }
    steps.push({ kind: 'user.lock', name, locked, leaves })
  }
  const options: (readonly [string, number])[] = []
  const expires = expiryOf(given)
  if (given.expires !== undefined && expires !== now.expires) {
    options.push(['-E', expires ?? -1])
    leaves = { ...leaves, expires }
  }
  for (const [argument, field, option] of ageing) {
    const days = given[argument]
    if (days === undefined || days === now[field]) continue
    options.push([option, days])
    leaves = { ...leaves, [field]: days }
  }
  if (options.length > 0) steps.push({ kind: 'user.ageing', name, options, leaves })
  return steps
}
