import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin, { knownHost } from './index.js'
import { seenAlice } from './testing/seen-accounts.js'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFSGuosjO3BQbaJgYuwihUHxRlHdruoDp/etQK6DEShs'
const path = '/etc/ssh/ssh_known_hosts'
const now = seenEntry({}, path)
const held = { text: `git ${key}\n`, encoding: 'utf8' }
const nothing = { changes: [], steps: [] }
const file = '/home/alice/.ssh/known_hosts'

stateTable(
  knownHost,
  { host: 'git', key },
  [
    { title: 'converged', seen: { now, held }, ...nothing },
    {
      title: 'no file',
      seen: { now: seenEntry({ type: 'absent' }, path), held: { why: 'absent' } },
      changes: ['type', 'key'],
      steps: [{ kind: 'file.write', path, fresh: true }],
    },
    {
      title: 'no file, and the key is given twice',
      args: { key: [key, `${key} of git`] },
      seen: { now: seenEntry({ type: 'absent' }, path), held: { why: 'absent' } },
      changes: ['type', 'key'],
      steps: [{ kind: 'file.write', blob: expect.objectContaining({ text: `git ${key}\n` }) as unknown }],
    },
    {
      title: 'on another port',
      args: { port: 2222 },
      seen: { now, held },
      changes: ['key'],
      steps: [
        { kind: 'file.write', blob: expect.objectContaining({ text: `git ${key}\n[git]:2222 ${key}\n` }) as unknown },
      ],
    },
    {
      title: 'absent',
      args: { key: undefined, absent: true },
      seen: { now, held },
      changes: ['key'],
      steps: ['file.write /etc/ssh/ssh_known_hosts'],
    },
    {
      title: 'absent, without a file',
      args: { key: undefined, absent: true },
      seen: { now: seenEntry({ type: 'absent' }, path), held: { why: 'absent' } },
      ...nothing,
    },
    {
      title: 'a session that may not write',
      seen: { now: { ...now, mine: false }, held: { ...held, text: '' } },
      ...nothing,
      blocked: 'may not change',
    },
    {
      title: 'of a user',
      args: { user: 'alice' },
      seen: {
        account: seenAlice(),
        likelyDirectory: seenEntry({ type: 'absent' }, '/home/alice/.ssh'),
        likelyNow: seenEntry({ type: 'absent' }, file),
        likelyHeld: { why: 'absent' },
        directory: seenEntry({ type: 'directory', owner: 'alice', mode: '0700' }, '/home/alice/.ssh'),
        now: seenEntry({ type: 'absent' }, file),
        held: { why: 'absent' },
      },
      changes: ['type', 'key'],
      steps: [{ kind: 'user.file', file: 'known_hosts' }],
    },
  ],
  [plugin],
)

it.each([
  ['a host without a key', { key: undefined }],
  ['both', { absent: true, exclusive: true }],
])('refuses %s', (_title, args) => {
  expect(knownHost.conflict?.({ host: 'git', key, ...args })).toBeDefined()
})
