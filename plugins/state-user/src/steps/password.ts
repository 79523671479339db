import { type Given, givesAccount, type MadeBlob, quote, quoteAll, type Step, type StepKind } from '@prove/core'
import { givesUser } from '../reads/account-prediction.js'
import type { ShadowEntry } from '../reads/accounts.js'
import { accountLibrary } from './account-library.js'
import { accountTouches, givesDatabases } from './account-paths.js'

/** Puts hashes of passwords in place. The line for chpasswd travels as content: no argument of a process shows it. */
export interface UserPasswordStep extends Step {
  readonly kind: 'user.password'
  readonly name: string
  /** `NAME:HASH` and a line end. */
  readonly line: MadeBlob
  /** What /etc/shadow will say then. */
  readonly leaves: ShadowEntry
}

/** Locks the password of a user, or unlocks it; the hash stays. */
export interface UserLockStep extends Step {
  readonly kind: 'user.lock'
  readonly name: string
  readonly locked: boolean
  readonly leaves: ShadowEntry
}

/** Sets when an account ends and how long passwords last. */
export interface UserAgeingStep extends Step {
  readonly kind: 'user.ageing'
  readonly name: string
  /** Options of chage with their values, -1 for none. */
  readonly options: readonly (readonly [option: string, days: number])[]
  readonly leaves: ShadowEntry
}

const gives = ({ name, leaves }: { readonly name: string; readonly leaves: ShadowEntry }): readonly Given[] => [
  ...givesDatabases,
  givesAccount('passwd', name),
  givesUser(name, { changed: { shadow: leaves } }),
]

export const userPasswordKind: StepKind<UserPasswordStep> = {
  name: 'user.password',
  tools: ['chpasswd'],
  library: accountLibrary,
  touches: () => accountTouches(),
  gives,
  blobs: ({ line }) => [line],
  command: ({ line }, blobPath) => `password_set ${quote(blobPath(line))}`,
}

export const userLockKind: StepKind<UserLockStep> = {
  name: 'user.lock',
  tools: ['passwd'],
  library: accountLibrary,
  touches: () => accountTouches(),
  gives,
  command: ({ name, locked }) => `${locked ? 'password_lock' : 'password_unlock'} ${quote(name)}`,
}

export const userAgeingKind: StepKind<UserAgeingStep> = {
  name: 'user.ageing',
  tools: ['chage'],
  touches: () => accountTouches(),
  gives,
  command: ({ name, options }) =>
    `chage ${quoteAll([...options.flatMap(([option, days]) => [option, String(days)]), '--', name])}`,
}
