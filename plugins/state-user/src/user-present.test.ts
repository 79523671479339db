import { z } from '@prove/core'
import { stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import plugin, { userPresent } from './index.js'
import {
  alicesShadow,
  defaults,
  hash,
  mail,
  noGroup,
  noUser,
  otherHash,
  seenAlice,
  seenGroup,
  seenHome,
} from './testing/seen-accounts.js'

const own = noGroup
const now = seenAlice()
const newHome = seenHome()
/** Asked for at once; what counts is the answer of the home that it has. */
const likelyHome = newHome
const known = {
  now,
  defaults,
  own: seenGroup({ gid: 1000, members: [], primaryOf: ['alice'] }),
  likelyHome,
  newHome,
}
const absent = { now: noUser, defaults, own, mail, likelyHome, newHome: seenHome('absent') }
const nothing = { changes: [], steps: [] }
const shadow = (fields: Partial<typeof alicesShadow>) => ({
  ...known,
  now: seenAlice({ shadow: { ...alicesShadow, ...fields } }),
})
const locked = shadow({ password: `!${hash}` })
const none = shadow({ password: '!' })

stateTable(
  userPresent,
  { name: 'alice' },
  [
    { title: 'converged', seen: known, ...nothing },
    {
      title: 'converged, with all that can be said',
      args: {
        uid: 1000,
        group: 'alice',
        groups: ['adm'],
        home: '/home/alice',
        shell: '/bin/bash',
        comment: 'Alice',
        password: hash,
        locked: false,
        expires: 'never',
        password_max_days: 99_999,
      },
      seen: { now, defaults, likelyHome, newHome, 'group alice': { id: 1000 }, 'group adm': { id: 4 } },
      ...nothing,
    },
    {
      title: 'missing',
      seen: absent,
      changes: ['user', 'home'],
      steps: [
        {
          kind: 'user.add',
          name: 'alice',
          ownGroup: true,
          group: 'alice',
          home: '/home/alice',
          newHome: { path: '/home/alice', mode: '0755', skeleton: [] },
        },
      ],
    },
    {
      title: 'missing, with a password and an end',
      args: { password: hash, expires: '1970-01-11', groups: ['adm', 'adm'] },
      seen: { ...absent, 'group adm': { id: 4 } },
      changes: ['user', 'groups', 'home', 'password', 'expires'],
      steps: [
        { kind: 'user.add', groups: ['adm'] },
        { kind: 'user.password', line: expect.objectContaining({ text: `alice:${hash}\n` }) as unknown },
        { kind: 'user.ageing', options: [['-E', 10]] },
      ],
    },
    {
      title: 'missing, of the system',
      args: { system: true },
      seen: absent,
      changes: ['user'],
      steps: [{ kind: 'user.add', system: true, newHome: undefined }],
    },
    {
      title: 'missing, with a home that is there',
      seen: { ...absent, newHome },
      changes: ['user', 'home'],
      steps: [{ kind: 'user.add', newHome: undefined }],
    },
    {
      title: 'missing, with a group of its name',
      seen: { ...absent, own: seenGroup() },
      changes: ['user', 'home'],
      steps: [{ kind: 'user.add', ownGroup: false, group: 'alice', gid: 100 }],
    },
    {
      title: 'missing, on a host where users share a group',
      seen: { ...absent, defaults: { ...defaults, ownGroups: false } },
      changes: ['user', 'home'],
      steps: [{ kind: 'user.add', ownGroup: false, group: undefined }],
    },
    {
      title: 'missing, with a primary group by number',
      args: { group: 100 },
      seen: { ...absent, own: { ...noGroup, holder: 'users' } },
      changes: ['user', 'group', 'home'],
      steps: [{ kind: 'user.add', group: 'users', gid: 100 }],
    },
    {
      title: 'a primary group that nobody has the number of',
      args: { group: 100 },
      seen: absent,
      ...nothing,
      blocked: 'no group with the number 100',
    },
    {
      title: 'a home below a file',
      seen: { ...absent, newHome: { ...seenHome('absent'), parent: 'other' } },
      ...nothing,
      blocked: 'something above',
    },
    {
      title: 'a home that is a file',
      seen: { ...absent, newHome: seenHome('file') },
      ...nothing,
      blocked: 'no directory',
    },
    {
      title: 'a uid that somebody has',
      args: { uid: 1001 },
      seen: { ...absent, now: { ...noUser, holder: 'bob' } },
      ...nothing,
      blocked: 'the user "bob" has the uid 1001',
    },
    {
      title: 'a group that there is not',
      args: { groups: ['docker'] },
      seen: { ...known, 'group docker': { id: undefined } },
      ...nothing,
      blocked: 'there is no group "docker"',
    },
    {
      title: 'one more group',
      args: { groups: ['docker', 'adm'] },
      seen: { ...known, 'group docker': { id: 900 }, 'group adm': { id: 4 } },
      changes: ['groups'],
      steps: [{ kind: 'group.members', name: 'docker', add: ['alice'], remove: [] }],
    },
    {
      title: 'no other groups',
      args: { groups: ['adm'], exclusive_groups: true },
      seen: { ...known, 'group adm': { id: 4 } },
      changes: ['groups'],
      steps: [{ kind: 'group.members', name: 'sudo', add: [], remove: ['alice'] }],
    },
    {
      title: 'its primary group among its groups',
      args: { groups: ['alice', 'adm', 'sudo'], exclusive_groups: true },
      seen: { ...known, 'group alice': { id: 1000 }, 'group adm': { id: 4 }, 'group sudo': { id: 27 } },
      ...nothing,
    },
    {
      title: 'another primary group',
      args: { group: 'users' },
      seen: { now, defaults, likelyHome, newHome, 'group users': { id: 100 } },
      changes: ['group'],
      steps: [{ kind: 'user.modify', group: { name: 'users', gid: 100 } }],
    },
    {
      title: 'another uid, without leave',
      args: { uid: 1001 },
      seen: { ...known, running: now },
      ...nothing,
      blocked: 'change_uid',
    },
    {
      title: 'another uid',
      args: { uid: 1001, change_uid: true },
      seen: { ...known, running: now },
      changes: ['uid'],
      steps: [{ kind: 'user.modify', uid: 1001 }],
    },
    {
      title: 'another uid, with running processes',
      args: { uid: 1001, change_uid: true },
      seen: { ...known, running: seenAlice({}, { processes: ['sshd (1)', 'bash (2)', 'vi (3)', 'man (4)'] }) },
      ...nothing,
      blocked: 'sshd (1), bash (2), vi (3) and 1 more',
    },
    {
      title: 'another home, which is made',
      args: { home: '/srv/alice' },
      seen: { ...known, home: newHome, newHome: seenHome('absent', '/srv/alice') },
      changes: ['home'],
      steps: [
        { kind: 'user.modify', home: '/srv/alice' },
        { kind: 'user.home', group: 'alice' },
      ],
    },
    {
      title: 'another home, which is there',
      args: { home: '/srv/alice' },
      seen: { ...known, home: newHome, newHome: seenHome('directory', '/srv/alice') },
      changes: ['home'],
      steps: [{ kind: 'user.modify', home: '/srv/alice' }],
    },
    {
      title: 'another home, to which its files are moved',
      args: { home: '/srv/alice', move_home: true },
      seen: { ...known, running: now, home: newHome, newHome: seenHome('absent', '/srv/alice') },
      changes: ['home'],
      steps: [{ kind: 'user.modify', home: '/srv/alice', moveHome: true }],
    },
    {
      title: 'another home, to which nothing can be moved',
      args: { home: '/srv/alice', move_home: true },
      seen: { ...known, running: now, home: newHome, newHome: seenHome('directory', '/srv/alice') },
      ...nothing,
      blocked: 'is there already',
    },
    { title: 'a home that was lost', seen: { ...known, newHome: seenHome('absent') }, ...nothing },
    {
      title: 'a home that was lost, and is asked for',
      args: { create_home: true },
      seen: { ...known, newHome: seenHome('absent') },
      changes: ['home'],
      steps: [{ kind: 'user.home', home: { path: '/home/alice', mode: '0755', skeleton: [] } }],
    },
    {
      title: 'another shell and comment',
      args: { shell: '/bin/sh', comment: '' },
      seen: known,
      changes: ['shell', 'comment'],
      steps: [{ kind: 'user.modify', shell: '/bin/sh', comment: '' }],
    },
    {
      title: 'another password',
      args: { password: otherHash },
      seen: known,
      changes: ['password'],
      steps: [{ kind: 'user.password', line: expect.objectContaining({ text: `alice:${otherHash}\n` }) as unknown }],
    },
    {
      title: 'another password behind a lock',
      args: { password: otherHash },
      seen: locked,
      changes: ['password'],
      steps: [{ kind: 'user.password', line: expect.objectContaining({ text: `alice:!${otherHash}\n` }) as unknown }],
    },
    { title: 'the password behind a lock', args: { password: hash }, seen: locked, ...nothing },
    {
      title: 'a password that is its own by now',
      args: { password: otherHash, password_once: true },
      seen: known,
      ...nothing,
    },
    {
      title: 'a password that it never had',
      args: { password: hash, password_once: true },
      seen: none,
      changes: ['password'],
      steps: [{ kind: 'user.password', line: expect.objectContaining({ text: `alice:${hash}\n` }) as unknown }],
    },
    {
      title: 'a lock',
      args: { locked: true },
      seen: known,
      changes: ['locked'],
      steps: [{ kind: 'user.lock', locked: true }],
    },
    {
      title: 'no lock',
      args: { locked: false },
      seen: locked,
      changes: ['locked'],
      steps: [{ kind: 'user.lock', locked: false }],
    },
    {
      title: 'no lock, without a password',
      args: { locked: false },
      seen: none,
      ...nothing,
      blocked: 'has no password',
    },
    {
      title: 'an end',
      args: { expires: '1970-01-02', password_max_days: 30, password_min_days: 0 },
      seen: known,
      changes: ['expires', 'password_max_days'],
      steps: [
        {
          kind: 'user.ageing',
          options: [
            ['-E', 1],
            ['-M', 30],
          ],
        },
      ],
    },
    {
      title: 'a session that is not root',
      args: { shell: '/bin/sh' },
      seen: { ...known, now: seenAlice({}, { by: 1000 }) },
      ...nothing,
      blocked: 'only root may change users',
    },
    {
      title: 'converged, for a session that is not root',
      seen: { ...known, now: seenAlice({ shadow: undefined }, { by: 1000 }) },
      ...nothing,
    },
    {
      title: 'a password, for a session that is not root',
      args: { password: hash },
      seen: { ...known, now: seenAlice({ shadow: undefined }, { by: 1000 }) },
      ...nothing,
      blocked: 'only root may read /etc/shadow',
    },
    {
      title: 'a user of a directory server',
      seen: { ...known, now: seenAlice({ isLocal: false }) },
      ...nothing,
      blocked: 'a directory server has it',
    },
  ],
  [plugin],
)

describe('arguments', () => {
  const parse = (args: object) => z.strictObject(userPresent.args).safeParse({ name: 'alice', ...args })

  it.each([
    ['a name with a blank', { name: 'a b' }],
    ['a name that is an option', { name: '-a' }],
    ['a name that is a number', { name: '12' }],
    ['a name with a line break', { name: 'a\nb' }],
    ['a name with a colon', { name: 'a:b' }],
    ['a name with letters that not all hosts take', { name: 'jürgen' }],
    ['a long name', { name: 'a'.repeat(33) }],
    ['a comment with a colon', { comment: 'a:b' }],
    ['a comment of two lines', { comment: 'a\nb' }],
    ['a password that is no hash', { password: 'hunter2' }],
    ['a day that there is not', { expires: '2030-02-30' }],
    ['a group with a comma', { groups: ['a,b'] }],
    ['a home that is no path', { home: 'alice' }],
    ['an id that stands for none', { uid: 4_294_967_295 }],
  ])('refuse %s', (_title, args) => {
    expect(parse(args).success).toBe(false)
  })

  it('tell nothing of a password that is refused', () => {
    expect(JSON.stringify(parse({ password: 'hunter2' }))).not.toContain('hunter2')
  })

  it.each([
    ['no groups', { exclusive_groups: true }, '"groups"'],
    ['no home', { move_home: true }, '"home"'],
    ['no password', { password_once: true }, '"password"'],
  ])('that need others: %s', (_title, args, named) => {
    expect(userPresent.conflict?.({ name: 'alice', ...args })).toContain(named)
  })
})

it('shows a hash in no change', () => {
  const found = userPresent.check({ name: 'alice', password: otherHash }, known)
  expect(JSON.stringify(found)).not.toMatch(/xxx|yyy/)
})
