import { blocked, defineState, type StateFunction } from '@prove/core'
import { accountName } from './account-names.js'
import { groupAbsentExamples } from './examples.js'
import { listed } from './known-user.js'
import { groupEntry } from './reads/accounts.js'

/** Keep a host without a group. */
export const groupAbsent: StateFunction = defineState({
  name: 'group.absent',
  about: 'Keep a host without a group.',
  details: `Its members stay, and so do its files. The primary group of a user cannot be removed.`,
  main: 'name',
  args: {
    name: accountName('The group.').refine((name) => name !== 'root', 'expected another group than root'),
  },
  examples: groupAbsentExamples,

  reads: ({ name }) => ({ now: groupEntry(name) }),

  check: ({ name }, { now: { entry, by } }) => {
    if (entry === undefined) return []
    if (!entry.isLocal) return blocked(`"${name}" is no group of this host: a directory server has it`)
    if (entry.primaryOf.length > 0) return blocked(`"${name}" is the primary group of ${listed(entry.primaryOf)}`)
    if (by !== 0) return blocked(`only root may remove the group "${name}"`)
    return [{ field: 'group', from: name, to: null }]
  },

  apply: ({ name }) => [{ kind: 'group.remove' as const, name }],
})
