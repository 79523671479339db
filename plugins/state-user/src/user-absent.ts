import { blocked, type Change, defineState, entry, type FileAnswer, type Read, z } from '@prove/core'
import { accountName } from './account-names.js'
import { userAbsentExamples } from './examples.js'
import { listed } from './known-user.js'
import { isPath } from './seen-user.js'
import { type AccountDefaults, accountDefaults } from './reads/account-defaults.js'
import { type GroupAnswer, groupEntry, runningUser, type UserAnswer, userEntry } from './reads/accounts.js'

type UserReads = {
  readonly now: Read<UserAnswer>
  readonly running?: Read<UserAnswer>
  readonly defaults?: Read<AccountDefaults>
  readonly own?: Read<GroupAnswer>
  readonly home?: Read<FileAnswer>
  readonly mail?: Read<FileAnswer>
}

interface SoFar {
  readonly now?: UserAnswer
  readonly defaults?: AccountDefaults
}

/** Keep a host without a user. */
export const userAbsent = defineState({
  name: 'user.absent',
  about: 'Keep a host without a user.',
  details: `Its files stay, unless \`remove_home\` takes its home and its mail away. A group of its name goes with it where nobody else is in it.

A user with running processes is not removed, because they would go on under a number that the next new user gets. With
\`end_processes\` they are asked to end, and ended by force after five seconds.`,
  main: 'name',
  args: {
    name: accountName('The user.').refine((name) => name !== 'root', 'expected another user than root'),
    remove_home: z.boolean().optional().meta({ description: 'Remove its home with all that is in it, and its mail.' }),
    end_processes: z.boolean().optional().meta({ description: 'End its processes before.' }),
  },
  examples: userAbsentExamples,

  reads: ({ name, remove_home: removesHome }, { now, defaults }: SoFar): UserReads => {
    if (now?.entry === undefined) return { now: userEntry(name) }
    return {
      now: userEntry(name),
      running: runningUser(name),
      defaults: accountDefaults(),
      own: groupEntry(name),
      ...(removesHome === true && isPath(now.entry.home) ? { home: entry(now.entry.home) } : {}),
      ...(removesHome === true && defaults !== undefined ? { mail: entry(`${defaults.mail}/${name}`) } : {}),
    }
  },

  check: ({ name, remove_home: removesHome, end_processes: ends }, { now, running, home }) => {
    const { entry: known, by } = now
    if (known === undefined) return []
    if (!known.isLocal) return blocked(`"${name}" is no user of this host: a directory server has it`)
    if (by !== 0) return blocked(`only root may remove the user "${name}"`)
    const busy = running?.processes ?? []
    if (busy.length > 0 && ends !== true) {
      return blocked(`"${name}" has running processes: ${listed(busy)}; end_processes would end them`)
    }
    const obstacle = removesHome === true && home !== undefined ? obstacleTo(name, known.home, home) : undefined
    if (obstacle !== undefined) return blocked(obstacle)
    const removed: Change[] =
      removesHome === true && home?.type === 'directory' ? [{ field: 'home', from: known.home, to: null }] : []
    return [
      { field: 'user', from: name, to: null },
      ...(busy.length > 0 ? [{ field: 'processes', from: listed(busy), to: null }] : []),
      ...removed,
    ]
  },

  apply: ({ name, remove_home: removesHome }, { now, running, defaults, own }) => {
    const { home: path = '', group, groups = [] } = now.entry ?? {}
    const others = [...(own?.entry?.members ?? []), ...(own?.entry?.primaryOf ?? [])].filter((each) => each !== name)
    const ends = (running?.processes ?? []).length > 0
    return [
      ...(ends ? [{ kind: 'user.end' as const, name }] : []),
      {
        kind: 'user.remove' as const,
        name,
        home: path,
        removeHome: removesHome === true,
        mail: `${defaults?.mail ?? '/var/mail'}/${name}`,
        groups,
        withGroup: defaults?.ownGroups === true && group === name && others.length === 0,
        hooks: defaults?.hooks.includes('remove') === true,
      },
    ]
  },
})

/** Why a home is not removed: userdel would leave it, or a part of it, and then say that it failed. */
const obstacleTo = (name: string, path: string, home: FileAnswer): string | undefined => {
  if (home.mount !== undefined) return `something is mounted at or below "${path}", the home of "${name}"`
  if (home.type === 'absent') return undefined
  if (home.type !== 'directory') return `"${path}", the home of "${name}", is no directory but a ${home.type}`
  return home.owner === name ? undefined : `"${path}", the home of "${name}", belongs to "${home.owner}"`
}
