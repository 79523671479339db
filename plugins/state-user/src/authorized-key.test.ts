import { type EditableAnswer, type FileAnswer, z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import plugin, { authorizedKey } from './index.js'
import { noUser, seenAlice } from './testing/seen-accounts.js'

const one = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFSGuosjO3BQbaJgYuwihUHxRlHdruoDp/etQK6DEShs key1'
const two = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP/ysE22i7113r19inurjQI9Yq+b25V88+leiLmSYcfh key2'

const home = '/home/alice'
const path = `${home}/.ssh/authorized_keys`
const account = seenAlice()
const directory = seenEntry({ type: 'directory', owner: 'alice', mode: '0700' }, `${home}/.ssh`)
const now = seenEntry({ owner: 'alice', mode: '0600' }, path)
const holding = (text: string): EditableAnswer => ({ text, encoding: 'utf8' })
/** Asked for at once; what counts are the answers about the home that it has. */
const likely = {
  likelyDirectory: seenEntry({ type: 'link' }, `${home}/.ssh`),
  likelyNow: seenEntry({ type: 'directory' }, path),
  likelyHeld: { why: 'other' },
}
const known = { ...likely, account, directory, now, held: holding(`${one}\n`) }
const noFile = { now: seenEntry({ type: 'absent' }, path), held: { why: 'absent' } }
const noDirectory = {
  ...likely,
  account,
  directory: seenEntry({ type: 'absent' }, `${home}/.ssh`),
  now: seenEntry({ parent: 'absent' }, path),
  held: { why: 'absent' },
}
const nothing = { changes: [], steps: [] }
const of = (fields: Partial<FileAnswer>) => seenEntry({ owner: 'alice', mode: '0600', ...fields }, path)
const bytes = (text: string): unknown => expect.objectContaining({ text })

stateTable(
  authorizedKey,
  { user: 'alice', key: one },
  [
    { title: 'converged', seen: known, ...nothing },
    {
      title: 'no file, no directory',
      seen: noDirectory,
      changes: ['type', 'key'],
      steps: [
        {
          kind: 'user.file',
          user: 'alice',
          group: 'alice',
          directory: `${home}/.ssh`,
          file: 'authorized_keys',
          makes: true,
          takes: false,
          blob: bytes(`${one}\n`),
          replaces: undefined,
        },
      ],
    },
    {
      title: 'no file',
      seen: { ...known, ...noFile },
      changes: ['type', 'key'],
      steps: [{ kind: 'user.file', makes: false }],
    },
    {
      title: 'converged, where the key is given twice with other comments',
      args: { key: [one, one.replace('key1', 'again'), `restrict ${one}`] },
      seen: known,
      ...nothing,
    },
    {
      title: 'no file, and the key is given twice',
      args: { key: [one, one.replace('key1', 'again')] },
      seen: { ...known, ...noFile },
      changes: ['type', 'key'],
      steps: [{ kind: 'user.file', blob: bytes(`${one}\n`) }],
    },
    { title: 'no file, absent', args: { absent: true }, seen: { ...known, ...noFile }, ...nothing },
    {
      title: 'another key is there',
      seen: { ...known, held: holding(`${two}\n`) },
      changes: ['key'],
      steps: [{ kind: 'user.file', blob: bytes(`${two}\n${one}\n`) }],
    },
    {
      title: 'another key is there, and not to stay',
      args: { exclusive: true },
      seen: { ...known, held: holding(`${two}\n`) },
      changes: ['key', 'key'],
      steps: [{ kind: 'user.file', blob: bytes(`${one}\n`) }],
    },
    {
      title: 'absent',
      args: { absent: true },
      seen: known,
      changes: ['key'],
      steps: [{ kind: 'user.file', blob: bytes('') }],
    },
    {
      title: 'options',
      args: { options: ['no-pty', 'from="10.0.0.*"'] },
      seen: known,
      changes: ['key'],
      steps: [{ kind: 'user.file', blob: bytes(`no-pty,from="10.0.0.*" ${one}\n`) }],
    },
    {
      title: 'a file that is no UTF-8',
      seen: { ...known, held: { text: '# \u00E9\n', encoding: 'latin1' } },
      changes: ['key'],
      steps: [{ kind: 'user.file', blob: expect.objectContaining({ encoding: 'latin1' }) as unknown }],
    },
    {
      title: 'a file that others may write',
      seen: { ...known, now: of({ mode: '0620' }) },
      changes: ['mode'],
      steps: ['user.file'],
    },
    {
      title: 'a file of somebody else',
      seen: { ...known, now: of({ owner: 'root' }) },
      changes: ['owner'],
      steps: [{ kind: 'user.file', replaces: undefined }],
    },
    {
      title: 'a directory of somebody else',
      seen: { ...known, directory: { ...directory, owner: 'root' } },
      changes: ['owner of .ssh'],
      steps: [{ kind: 'user.file', takes: true, directoryMode: '0700' }],
    },
    {
      title: 'a directory that others may write',
      seen: { ...known, directory: { ...directory, mode: '0775' } },
      changes: ['mode of .ssh'],
      steps: [{ kind: 'user.file', directoryMode: '0755' }],
    },
    {
      title: 'a link for a file',
      seen: { ...known, now: of({ type: 'link' }), held: { why: 'other' } },
      ...nothing,
      blocked: 'symbolic link',
    },
    {
      title: 'a link for a directory',
      seen: { ...known, directory: seenEntry({ type: 'link' }, `${home}/.ssh`) },
      ...nothing,
      blocked: 'a link that its user made is not followed',
    },
    {
      title: 'a directory for a file',
      seen: { ...known, now: of({ type: 'directory' }), held: { why: 'other' } },
      ...nothing,
      blocked: 'no regular file',
    },
    { title: 'a file that is too large', seen: { ...known, held: { why: 'large' } }, ...nothing, blocked: 'too large' },
    {
      title: 'no home',
      seen: { ...noDirectory, directory: seenEntry({ parent: 'absent' }, `${home}/.ssh`) },
      ...nothing,
      blocked: '"/home/alice" does not exist',
    },
    {
      title: 'a home that is no path',
      seen: { ...likely, account: seenAlice({ home: '' }) },
      ...nothing,
      blocked: 'nothing can be kept',
    },
    { title: 'no user', seen: { ...likely, account: noUser }, ...nothing, blocked: 'there is no user "alice"' },
    {
      title: 'a session of another user',
      seen: { ...known, account: seenAlice({}, { by: 7 }) },
      ...nothing,
      blocked: 'only root',
    },
    { title: 'a session of the user', seen: { ...known, account: seenAlice({}, { by: 1000 }) }, ...nothing },
    {
      title: 'a place of its own',
      args: { path: '/etc/ssh/keys/alice' },
      seen: { now: seenEntry({ type: 'absent' }, '/etc/ssh/keys/alice'), held: { why: 'absent' } },
      changes: ['type', 'key'],
      steps: [{ kind: 'file.write', path: '/etc/ssh/keys/alice', fresh: true }],
    },
    {
      title: 'a place of its own that there is not',
      args: { path: '/etc/ssh/keys/alice' },
      seen: { now: seenEntry({ parent: 'absent' }, '/etc/ssh/keys/alice'), held: { why: 'absent' } },
      ...nothing,
      blocked: 'does not exist',
    },
  ],
  [plugin],
)

describe('arguments', () => {
  it.each([
    ['a key that broke off', { key: one.slice(0, 40) }],
    ['two keys in one text', { key: `${one}\n${two}` }],
    ['a private key', { key: '-----BEGIN OPENSSH PRIVATE KEY-----' }],
    ['an option of two lines', { options: ['command="a\nb"'] }],
    ['two options in one', { options: ['no-pty,no-agent-forwarding'] }],
    ['a user by number', { user: '0' }],
  ])('refuse %s', (_title, args) => {
    expect(z.strictObject(authorizedKey.args).safeParse({ user: 'alice', key: one, ...args }).success).toBe(false)
  })

  it.each([
    ['absent and exclusive', { absent: true, exclusive: true }],
    ['absent and options', { absent: true, options: [] }],
    ['no keys', { key: [] }],
  ])('exclude each other: %s', (_title, args) => {
    expect(authorizedKey.conflict?.({ user: 'alice', key: one, ...args })).toBeDefined()
  })
})
