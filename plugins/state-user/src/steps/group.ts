import { futureId, givesAccount, quoteAll, type Step, type StepKind } from '@prove/core'
import { givesGroup, givesMembers } from '../reads/account-prediction.js'
import { accountLibrary } from './account-library.js'
import { accountTouches, givesDatabases } from './account-paths.js'

/** Makes a group. */
export interface GroupAddStep extends Step {
  readonly kind: 'group.add'
  readonly name: string
  readonly gid: number | undefined
  readonly system: boolean
}

/** Gives a group another id; users whose primary group it is follow. */
export interface GroupModifyStep extends Step {
  readonly kind: 'group.modify'
  readonly name: string
  readonly gid: number
}

/** Removes a group. */
export interface GroupRemoveStep extends Step {
  readonly kind: 'group.remove'
  readonly name: string
}

/** Lets users join and leave one group. */
export interface GroupMembersStep extends Step {
  readonly kind: 'group.members'
  readonly name: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export const groupAddKind: StepKind<GroupAddStep> = {
  name: 'group.add',
  library: accountLibrary,
  touches: () => accountTouches(),
  gives: ({ name, gid = futureId }) => [
    ...givesDatabases,
    givesAccount('group', name, { id: gid }),
    givesGroup(name, { made: { gid, members: [], primaryOf: [], isLocal: true } }),
  ],
  command: ({ name, gid, system }) => `group_add ${quoteAll([name, String(gid ?? ''), system ? 'y' : ''])}`,
}

export const groupModifyKind: StepKind<GroupModifyStep> = {
  name: 'group.modify',
  tools: ['groupmod'],
  // Files stay with the old id and so change their group.
  gives: ({ name, gid }) => [
    ...givesDatabases,
    givesAccount('group', name, { id: gid }),
    givesGroup(name, { changed: { gid } }),
  ],
  command: ({ name, gid }) => `groupmod ${quoteAll(['-g', String(gid), '--', name])}`,
}

export const groupRemoveKind: StepKind<GroupRemoveStep> = {
  name: 'group.remove',
  library: accountLibrary,
  touches: () => accountTouches(),
  gives: ({ name }) => [
    ...givesDatabases,
    givesAccount('group', name, { id: undefined }),
    givesGroup(name, { gone: true }),
  ],
  command: ({ name }) => `group_remove ${quoteAll([name])}`,
}

export const groupMembersKind: StepKind<GroupMembersStep> = {
  name: 'group.members',
  library: accountLibrary,
  touches: () => accountTouches(),
  gives: ({ name, add, remove }) => [
    ...givesDatabases,
    givesAccount('group', name),
    givesMembers(name, { add, remove }),
  ],
  command: ({ name, add, remove }) => {
    const each = (verb: string, users: readonly string[]): readonly string[] =>
      users.map((user) => `${verb} ${quoteAll([name, user])}`)
    return `eval ${quoteAll([[...each('group_join', add), ...each('group_leave', remove)].join(' && ')])}`
  },
}
