import type { AccountAnswer, FileAnswer } from '@prove/core'
import type { AccountDefaults } from './reads/account-defaults.js'
import type { GroupAnswer, UserAnswer } from './reads/accounts.js'

/** What is asked about a user. The keys that begin with "group " are about groups that it is to be in. */
export interface SeenUser {
  readonly now: UserAnswer
  readonly defaults: AccountDefaults
  /** The group of its own name, and which has the number that its primary group is to have. */
  readonly own?: GroupAnswer | undefined
  readonly home?: FileAnswer | undefined
  readonly newHome?: FileAnswer | undefined
  readonly mail?: FileAnswer | undefined
  readonly running?: UserAnswer | undefined
  readonly [group: `group ${string}`]: AccountAnswer | undefined
}

/** Where the home of a user most likely is: asked for at once, it costs no second round where that is right. */
export const likelyHome = (user: string): string => (user === 'root' ? '/root' : `/home/${user}`)

/** A home in the database may be anything. */
export const isPath = (text: string): boolean => /^\/(?!.*\/$)/.test(text) && !/\/\/|\/\.{1,2}(?:\/|$)/.test(text)
