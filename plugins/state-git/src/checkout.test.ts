import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { checkout } from './checkout.js'
import plugin from './index.js'

const path = '/srv/app'
const url = 'https://example.org/app.git'
const [a, b] = ['a'.repeat(40), 'b'.repeat(40)] as const
const at = seenEntry({ type: 'directory' }, path)
const nothing = seenEntry({ type: 'absent' }, path)
const remote = { HEAD: a, symref: 'main', 'refs/heads/main': a, 'refs/tags/v1': b }
const answer = (fields: object = {}): object => ({
  is: 'checkout',
  head: a,
  branch: 'main',
  url,
  modified: [],
  own: 0,
  stale: [],
  remote,
  ...fields,
})
const seen = (fields: object = {}): Readonly<Record<string, unknown>> => ({ at, now: answer(fields) })
const step = (env: object): Readonly<Record<string, unknown>> => ({
  kind: 'exec',
  env: expect.objectContaining(env) as unknown,
})
const none = { changes: [], steps: [] }
const begun = { is: 'absent', head: undefined, branch: undefined, url: undefined }
const make = 'file.directory /srv/app'

stateTable(
  checkout,
  { path, repo: url, ref: 'main' },
  [
    { title: 'converged', seen: seen(), ...none },
    { title: 'converged, with local changes', seen: seen({ modified: ['M a'], own: 1 }), ...none },
    {
      title: 'nothing there',
      seen: { at: nothing, now: answer(begun) },
      changes: ['commit'],
      steps: [make, step({ K: 'branch', R: 'main', C: a, F: '' })],
    },
    {
      title: 'an empty directory',
      seen: seen({ ...begun, is: 'empty' }),
      changes: ['commit'],
      steps: [step({ K: 'branch' })],
    },
    {
      title: 'begun, and cut off',
      seen: seen({ head: undefined, branch: undefined }),
      changes: ['commit'],
      steps: [step({ K: 'branch', S: '' })],
    },
    { title: 'behind', seen: seen({ head: b }), changes: ['commit'], steps: [step({ K: 'branch', C: a })] },
    {
      title: 'another branch at the same commit',
      seen: seen({ branch: 'dev' }),
      changes: ['branch'],
      steps: [step({ K: 'branch' })],
    },
    {
      title: 'a tag',
      args: { ref: 'v1', depth: 1 },
      seen: seen(),
      changes: ['commit', 'branch'],
      steps: [step({ K: 'tag', R: 'v1', C: b, N: '1' })],
    },
    {
      title: 'a commit, which nobody is asked for',
      args: { ref: b },
      seen: seen({ head: b, branch: undefined, remote: undefined }),
      ...none,
    },
    {
      title: 'what the repository begins with',
      args: { ref: undefined },
      seen: seen({ head: b }),
      changes: ['commit'],
      steps: [step({ K: 'branch', R: 'main' })],
    },
    {
      title: 'another repository',
      seen: seen({ url: 'https://me:geheim@old.example.org/app.git' }),
      changes: ['remote'],
      steps: [step({ S: 'y', U: url })],
    },
    {
      title: 'the same repository with a password in it',
      args: { repo: 'https://me:geheim@example.org/app.git' },
      seen: seen(),
      ...none,
    },
    {
      title: 'submodules',
      args: { submodules: true },
      seen: seen({ stale: ['a'] }),
      changes: ['submodules'],
      steps: [step({ M: 'y' })],
    },
    {
      title: 'behind, with local changes',
      seen: seen({ head: b, modified: ['M a', 'D b'] }),
      ...none,
      blocked: 'local changes: M a, D b; force',
    },
    {
      title: 'behind, with commits of its own',
      seen: seen({ head: b, own: 2 }),
      ...none,
      blocked: '2 commits that the repository does not have',
    },
    {
      title: 'behind, with both and force',
      args: { force: true },
      seen: seen({ head: b, own: 2, modified: ['M a'] }),
      changes: ['commit', 'local changes'],
      steps: [step({ F: 'y' })],
    },
    {
      title: 'as another user',
      args: { user: 'web' },
      seen: { at: nothing, account: { id: 33 }, now: answer(begun) },
      changes: ['commit'],
      steps: [
        { kind: 'file.directory', owner: 'web' },
        { kind: 'exec', runAs: 'web' },
      ],
    },
    {
      title: 'as the user of the session',
      args: { user: 'me' },
      seen: { at: { ...at, by: 1000, mine: true }, account: { id: 1000 }, now: answer({ head: b }) },
      changes: ['commit'],
      steps: [{ kind: 'exec', runAs: undefined }],
    },
    {
      title: 'as another user, without being root',
      args: { user: 'web' },
      seen: { at: { ...at, by: 1000 }, account: { id: 33 } },
      ...none,
      blocked: 'only root',
    },
    {
      title: 'as a user that does not exist',
      args: { user: 'web' },
      seen: { at, account: { id: undefined } },
      ...none,
      blocked: 'no user "web"',
    },
    { title: 'a link', seen: { at: seenEntry({ type: 'link' }, path) }, ...none, blocked: 'symbolic link' },
    { title: 'a file', seen: { at: seenEntry({}, path) }, ...none, blocked: 'no directory' },
    {
      title: 'no directory above',
      seen: { at: seenEntry({ parent: 'absent' }, path) },
      ...none,
      blocked: 'create_parents',
    },
    { title: 'something else in it', seen: seen({ ...begun, is: 'full' }), ...none, blocked: 'not empty' },
    {
      title: 'of somebody else',
      seen: seen({ trouble: "fatal: detected dubious ownership in repository at '/srv/app'\nTo add" }),
      ...none,
      blocked: 'belongs to another user',
    },
    {
      title: 'out of reach',
      seen: seen({ remote: undefined, unreachable: 'fatal: no\nmore' }),
      ...none,
      blocked: 'git cannot reach "https://example.org/app.git": fatal: no; more',
    },
    { title: 'no such ref', args: { ref: 'v2' }, seen: seen(), ...none, blocked: 'no branch or tag "v2"' },
  ],
  [plugin],
)

describe('git.checkout', () => {
  it.each([
    { path: '/' },
    { path: 'app' },
    { repo: '-oProxyCommand=x' },
    { repo: '' },
    { repo: 'a\nb' },
    { ref: '-x' },
    { ref: '' },
    { ref: 'a b' },
    { ref: 'a..b' },
    { ref: 'a:b' },
    { ref: 'HEAD~1' },
    { ref: 'a.lock' },
    { depth: 0 },
    { branch: 'main' },
  ])('refuses %j', (args) => {
    expect(z.strictObject(checkout.args).safeParse({ path, repo: url, ...args }).success).toBe(false)
  })

  it('shows no password in what differs', () => {
    const given = { path, repo: 'https://me:geheim@other.org/x', ref: 'main' }
    const found = checkout.check(given, seen({ url: 'https://me:secret@old.org/x' }))
    expect(JSON.stringify(found)).not.toMatch(/geheim|secret/)
    expect(JSON.stringify(found)).toContain('https://other.org/x')
  })
})
