import { stateTable } from '@prove/core/testing'
import plugin, { groupPresent } from './index.js'
import { noGroup, seenGroup } from './testing/seen-accounts.js'

const now = seenGroup()
const nothing = { changes: [], steps: [] }

stateTable(
  groupPresent,
  { name: 'crew' },
  [
    { title: 'converged', seen: { now }, ...nothing },
    {
      title: 'converged, with members',
      args: { members: ['bob'], exclusive: true, gid: 100 },
      seen: { now, 'user bob': { id: 1 } },
      ...nothing,
    },
    {
      title: 'missing',
      seen: { now: noGroup },
      changes: ['group'],
      steps: [{ kind: 'group.add', name: 'crew', gid: undefined, system: false }],
    },
    {
      title: 'missing, with all that can be said',
      args: { gid: 200, system: true, members: ['eve'] },
      seen: { now: noGroup, 'user eve': { id: 2 } },
      changes: ['group', 'gid', 'members'],
      steps: [
        { kind: 'group.add', gid: 200, system: true },
        { kind: 'group.members', add: ['eve'], remove: [] },
      ],
    },
    {
      title: 'one more member',
      args: { members: ['eve', 'bob'] },
      seen: { now, 'user bob': { id: 1 }, 'user eve': { id: 2 } },
      changes: ['members'],
      steps: [{ kind: 'group.members', add: ['eve'], remove: [] }],
    },
    {
      title: 'other members',
      args: { members: ['eve'], exclusive: true },
      seen: { now, 'user eve': { id: 2 } },
      changes: ['members'],
      steps: [{ kind: 'group.members', add: ['eve'], remove: ['bob'] }],
    },
    {
      title: 'a member that there is not',
      args: { members: ['eve'] },
      seen: { now, 'user eve': { id: undefined } },
      ...nothing,
      blocked: 'no user "eve"',
    },
    { title: 'another number, without leave', args: { gid: 200 }, seen: { now }, ...nothing, blocked: 'change_gid' },
    {
      title: 'another number',
      args: { gid: 200, change_gid: true },
      seen: { now },
      changes: ['gid'],
      steps: [{ kind: 'group.modify', gid: 200 }],
    },
    {
      title: 'a number that a group has',
      args: { gid: 200 },
      seen: { now: { ...noGroup, holder: 'www' } },
      ...nothing,
      blocked: 'the group "www" has the gid 200',
    },
    {
      title: 'of a directory server',
      seen: { now: seenGroup({ isLocal: false }) },
      ...nothing,
      blocked: 'directory server',
    },
    {
      title: 'missing, for a session that is not root',
      seen: { now: { ...noGroup, by: 1 } },
      ...nothing,
      blocked: 'only root',
    },
  ],
  [plugin],
)
