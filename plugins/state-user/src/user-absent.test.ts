import { seenEntry, stateTable } from '@prove/core/testing'
import plugin, { userAbsent } from './index.js'
import { defaults, mail, noGroup, noUser, seenAlice, seenGroup, seenHome } from './testing/seen-accounts.js'

const now = seenAlice()
const busy = seenAlice({}, { processes: ['sshd (7)'] })
const own = seenGroup({ gid: 1000, members: [], primaryOf: ['alice'] })
const known = { now, running: now, defaults, own }
const nothing = { changes: [], steps: [] }
const withHome = { remove_home: true }
const home = seenHome()

stateTable(
  userAbsent,
  { name: 'alice' },
  [
    { title: 'converged', seen: { now: noUser }, ...nothing },
    {
      title: 'there',
      seen: known,
      changes: ['user'],
      steps: [
        {
          kind: 'user.remove',
          name: 'alice',
          removeHome: false,
          withGroup: true,
          groups: ['adm', 'sudo'],
          hooks: false,
        },
      ],
    },
    {
      title: 'there, with its home',
      args: withHome,
      seen: { ...known, home, mail },
      changes: ['user', 'home'],
      steps: [{ kind: 'user.remove', removeHome: true, home: '/home/alice', mail: '/var/mail/alice' }],
    },
    {
      title: 'there, without a home',
      args: withHome,
      seen: { ...known, home: seenHome('absent'), mail },
      changes: ['user'],
      steps: [{ kind: 'user.remove', removeHome: true }],
    },
    {
      title: 'with others in its group',
      seen: { ...known, own: seenGroup({ gid: 1000, primaryOf: ['alice'] }) },
      changes: ['user'],
      steps: [{ kind: 'user.remove', withGroup: false }],
    },
    {
      title: 'with another primary group',
      seen: { ...known, now: seenAlice({ group: 'users' }), own: noGroup },
      changes: ['user'],
      steps: [{ kind: 'user.remove', withGroup: false }],
    },
    {
      title: 'on a host that runs something when users go',
      seen: { ...known, defaults: { ...defaults, hooks: ['remove'] } },
      changes: ['user'],
      steps: [{ kind: 'user.remove', hooks: true }],
    },
    { title: 'with processes', seen: { ...known, running: busy }, ...nothing, blocked: 'sshd (7); end_processes' },
    {
      title: 'with processes, which are ended',
      args: { end_processes: true },
      seen: { ...known, running: busy },
      changes: ['user', 'processes'],
      steps: [{ kind: 'user.end', name: 'alice' }, { kind: 'user.remove' }],
    },
    {
      title: 'with the home of somebody else',
      args: withHome,
      seen: { ...known, home: seenEntry({ type: 'directory' }, '/home/alice'), mail },
      ...nothing,
      blocked: 'belongs to "root"',
    },
    {
      title: 'with a home that is mounted',
      args: withHome,
      seen: { ...known, home: { ...home, mount: 'below' }, mail },
      ...nothing,
      blocked: 'mounted',
    },
    {
      title: 'with a home that is a link',
      args: withHome,
      seen: { ...known, home: seenEntry({ type: 'link' }, '/home/alice'), mail },
      ...nothing,
      blocked: 'no directory but a link',
    },
    {
      title: 'of a directory server',
      seen: { ...known, now: seenAlice({ isLocal: false }) },
      ...nothing,
      blocked: 'directory server',
    },
    {
      title: 'for a session that is not root',
      seen: { ...known, now: seenAlice({}, { by: 1 }) },
      ...nothing,
      blocked: 'only root',
    },
  ],
  [plugin],
)
