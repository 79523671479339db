import {
  type AccountAnswer,
  blocked,
  defineState,
  entry,
  type FileAnswer,
  group,
  type Read,
  type StateFunction,
} from '@prove/core'
import { userPresentExamples } from './examples.js'
import { type AccountDefaults, accountDefaults } from './reads/account-defaults.js'
import { type GroupAnswer, groupEntry, runningUser, type UserAnswer, userEntry } from './reads/accounts.js'
import { isAboutShadow } from './shadow-changes.js'
import { type UserArguments, userArguments } from './user-arguments.js'
import { changesOfNew, stepsOfNew } from './new-user.js'
import { changesOfKnown, homeOf, stepsOfKnown } from './known-user.js'
import { isPath, likelyHome, type SeenUser } from './seen-user.js'

type UserReads = {
  readonly now: Read<UserAnswer>
  readonly defaults: Read<AccountDefaults>
  readonly own?: Read<GroupAnswer>
  readonly likelyHome: Read<FileAnswer>
  readonly home?: Read<FileAnswer>
  readonly newHome?: Read<FileAnswer>
  readonly mail?: Read<FileAnswer>
  readonly running?: Read<UserAnswer>
  readonly [group: `group ${string}`]: Read<AccountAnswer>
}

const groupsOf = ({ group: primary, groups = [] }: UserArguments): readonly string[] => [
  ...new Set([...(typeof primary === 'string' ? [primary] : []), ...groups]),
]

/** Keep a user. */
export const userPresent: StateFunction = defineState({
  name: 'user.present',
  about: 'Keep a user, with its groups, home, shell and password.',
  details: `Only what is given is compared; the rest stays as it is. A new user gets what \`useradd\` gives on that host.

It joins \`groups\` and stays in others, unless \`exclusive_groups\` says that these are all. The groups must be there, or be made by
an earlier state.

\`password\` is a hash, and no output shows it: not a plan, an event or a list of processes. A password itself is refused. A lock
that somebody laid on a password stays when the hash changes.

Another \`uid\` than a user has is an error unless \`change_uid\` is set, because only files in its home follow. Another \`home\` is
written to the database; what is in the old one is moved only with \`move_home\`.`,
  main: 'name',
  args: userArguments,
  examples: userPresentExamples,

  conflict: ({ exclusive_groups: exclusive, groups, move_home: move, home, password_once: once, password }) => {
    if (exclusive === true && groups === undefined)
      return '"exclusive_groups" needs "groups", which may be an empty list'
    if (move === true && home === undefined) return '"move_home" needs "home"'
    if (once === true && password === undefined) return '"password_once" needs "password"'
    return undefined
  },

  reads: (given, { now, defaults }: { readonly now?: UserAnswer; readonly defaults?: AccountDefaults }): UserReads => {
    const asked: UserReads = {
      now: userEntry(given.name, given.uid),
      defaults: accountDefaults(),
      likelyHome: entry(given.home ?? likelyHome(given.name)),
      ...(typeof given.group === 'string'
        ? {}
        : { own: groupEntry(given.name, ...(given.group === undefined ? [] : [given.group])) }),
      ...Object.fromEntries(groupsOf(given).map((name) => [`group ${name}`, group(name)])),
    }
    if (now === undefined || defaults === undefined) return asked
    const home = homeOf(given, now.entry, defaults)
    const old = now.entry?.home
    const moves = old !== undefined && old !== home
    const isBusy =
      now.entry !== undefined && ((given.uid ?? now.entry.uid) !== now.entry.uid || (moves && given.move_home))
    return {
      ...asked,
      ...(now.entry === undefined ? { mail: entry(`${defaults.mail}/${given.name}`) } : {}),
      ...(isPath(home) ? { newHome: entry(home) } : {}),
      ...(moves && isPath(old) ? { home: entry(old) } : {}),
      ...(isBusy === true ? { running: runningUser(given.name) } : {}),
    }
  },

  check: (given, seen: SeenUser) => {
    const missing = groupsOf(given).find((name) => seen[`group ${name}`]?.id === undefined)
    if (missing !== undefined) return blocked(`there is no group "${missing}"`)
    if (typeof given.group === 'number' && seen.own?.holder === undefined) {
      return blocked(`there is no group with the number ${given.group}`)
    }
    const { entry: known, holder, by } = seen.now
    if (known?.isLocal === false) return blocked(`"${given.name}" is no user of this host: a directory server has it`)
    if (holder !== undefined && holder !== given.name) return blocked(`the user "${holder}" has the uid ${given.uid}`)
    if (known !== undefined && known.shadow === undefined && isAboutShadow(given)) {
      return blocked(
        by === 0
          ? `"${given.name}" has no line in /etc/shadow: "pwconv" makes one`
          : 'only root may read /etc/shadow, which holds passwords and dates',
      )
    }
    const changes = known === undefined ? changesOfNew(given, seen) : changesOfKnown(given, known, seen)
    if (!Array.isArray(changes) || changes.length === 0 || by === 0) return changes
    return blocked(`only root may change users: "${given.name}" is not as declared`)
  },

  apply: (given, seen: SeenUser) =>
    seen.now.entry === undefined ? stepsOfNew(given, seen) : stepsOfKnown(given, seen.now.entry, seen),
})
