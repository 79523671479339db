import { type AccountAnswer, blocked, type Change, defineState, type Read, user, z } from '@prove/core'
import { accountId, accountName } from './account-names.js'
import { groupPresentExamples } from './examples.js'
import { type GroupAnswer, type GroupEntry, groupEntry } from './reads/accounts.js'

type GroupReads = {
  readonly now: Read<GroupAnswer>
  readonly [user: `user ${string}`]: Read<AccountAnswer>
}

interface SeenGroup {
  readonly now: GroupAnswer
  readonly [user: `user ${string}`]: AccountAnswer | undefined
}

const memberName = z.string().refine((name) => /^[^\s:,/-][^\s:,/]*$/.test(name), 'expected the name of a user')

interface Members {
  readonly members?: readonly string[] | undefined
  readonly exclusive?: boolean | undefined
}

const joining = ({ members = [] }: Members, known: GroupEntry | undefined): readonly string[] =>
  [...new Set(members)].filter((name) => known === undefined || !known.members.includes(name))

const leaving = ({ members = [], exclusive }: Members, known: GroupEntry | undefined): readonly string[] =>
  exclusive === true ? (known?.members ?? []).filter((name) => !members.includes(name)) : []

const shown = (names: readonly string[]): string | null => (names.length === 0 ? null : names.toSorted().join(', '))

/** Keep a group. */
export const groupPresent = defineState({
  name: 'group.present',
  about: 'Keep a group, with its members.',
  details: `The users of \`members\` join it, and others stay, unless \`exclusive\` says that these are all. They must be there, or be made
by an earlier state. Who has it as the primary group need not be listed.

Another \`gid\` than a group has is an error unless \`change_gid\` is set, because its files stay with the old number.`,
  main: 'name',
  args: {
    name: accountName('The group.'),
    gid: accountId('Its number; the next free one unless given.').optional(),
    change_gid: z.boolean().optional().meta({ description: 'Give a group that has another number this one.' }),
    system: z.boolean().optional().meta({ description: 'Make it with a number of that range. Only when it is made.' }),
    members: z.array(memberName).optional().meta({ description: 'Users that are in it.' }),
    exclusive: z.boolean().optional().meta({ description: 'Every other user leaves it.' }),
  },
  examples: groupPresentExamples,

  conflict: ({ exclusive, members }) =>
    exclusive === true && members === undefined ? '"exclusive" needs "members", which may be an empty list' : undefined,

  reads: ({ name, gid, members = [] }): GroupReads => ({
    now: groupEntry(name, gid),
    ...Object.fromEntries(members.map((member) => [`user ${member}`, user(member)])),
  }),

  check: (given, seen: SeenGroup) => {
    const { name, gid, members = [] } = given
    const { entry: known, holder, by } = seen.now
    const missing = members.find((member) => seen[`user ${member}`]?.id === undefined)
    if (missing !== undefined) return blocked(`there is no user "${missing}"`)
    if (known?.isLocal === false) return blocked(`"${name}" is no group of this host: a directory server has it`)
    if (holder !== undefined && holder !== name) return blocked(`the group "${holder}" has the gid ${gid}`)
    const changes: Change[] = []
    if (known === undefined) {
      changes.push({ field: 'group', from: null, to: name })
      if (gid !== undefined) changes.push({ field: 'gid', from: null, to: gid })
    } else if (gid !== undefined && gid !== known.gid) {
      if (given.change_gid !== true) {
        return blocked(
          `"${name}" has the gid ${known.gid}, not ${gid}; change_gid would change it, and no file follows`,
        )
      }
      changes.push({ field: 'gid', from: known.gid, to: gid })
    }
    const leave = leaving(given, known)
    const join = joining(given, known)
    if (join.length + leave.length > 0) {
      const now = known?.members ?? []
      const to = [...now.filter((member) => !leave.includes(member)), ...join]
      changes.push({ field: 'members', from: shown(now), to: shown(to) })
    }
    return changes.length > 0 && by !== 0
      ? blocked(`only root may change groups: "${name}" is not as declared`)
      : changes
  },

  apply: (given, { now }) => {
    const { name, gid, system = false } = given
    const add = joining(given, now.entry)
    const remove = leaving(given, now.entry)
    return [
      ...(now.entry === undefined ? [{ kind: 'group.add' as const, name, gid, system }] : []),
      ...(now.entry !== undefined && gid !== undefined && gid !== now.entry.gid
        ? [{ kind: 'group.modify' as const, name, gid }]
        : []),
      ...(add.length + remove.length > 0 ? [{ kind: 'group.members' as const, name, add, remove }] : []),
    ]
  },
})
