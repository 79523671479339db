import { stateTable } from '@prove/core/testing'
import plugin, { groupAbsent } from './index.js'
import { noGroup, seenGroup } from './testing/seen-accounts.js'

const now = seenGroup()
const nothing = { changes: [], steps: [] }

stateTable(
  groupAbsent,
  { name: 'crew' },
  [
    { title: 'converged', seen: { now: noGroup }, ...nothing },
    { title: 'there', seen: { now }, changes: ['group'], steps: [{ kind: 'group.remove', name: 'crew' }] },
    {
      title: 'the primary one of a user',
      seen: { now: seenGroup({ primaryOf: ['bob'] }) },
      ...nothing,
      blocked: 'primary group of bob',
    },
    {
      title: 'of a directory server',
      seen: { now: seenGroup({ isLocal: false }) },
      ...nothing,
      blocked: 'directory server',
    },
    {
      title: 'there, for a session that is not root',
      seen: { now: { ...now, by: 1 } },
      ...nothing,
      blocked: 'only root',
    },
  ],
  [plugin],
)
