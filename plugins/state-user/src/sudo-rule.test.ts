import { makeBlob, z } from '@prove/core'
import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import plugin, { sudoRule } from './index.js'

const path = '/etc/sudoers.d/ann'
const text = 'ann ALL = (ALL) ALL\n'
const accounts = { user: { id: 0 }, group: { id: 0 } }
const right = seenFile({ mode: '0440', sha256: makeBlob(text).sha256 }, path)
const missing = seenEntry({ type: 'absent' }, path)
const nothing = { changes: [], steps: [] }
const without = { user: undefined, absent: true }

stateTable(
  sudoRule,
  { name: 'ann', user: 'ann' },
  [
    { title: 'converged', seen: { now: right, ...accounts }, ...nothing },
    {
      title: 'missing',
      seen: { now: missing, ...accounts },
      changes: ['type', 'owner', 'group', 'mode'],
      steps: [{ kind: 'file.write', path, owner: 'root', group: 'root', mode: '0440', blob: makeBlob(text) }],
    },
    {
      title: 'another rule',
      args: { nopasswd: true },
      seen: { now: right, ...accounts, old: { text } },
      changes: ['content'],
      steps: [{ kind: 'file.write', blob: makeBlob('ann ALL = (ALL) NOPASSWD: ALL\n') }],
    },
    {
      title: 'lines before a rule',
      args: { content: blobOf('Defaults:ann !lecture') },
      seen: { now: missing, ...accounts },
      changes: ['type', 'owner', 'group', 'mode'],
      steps: [{ kind: 'file.write', blob: makeBlob(`Defaults:ann !lecture\n${text}`) }],
    },
    {
      title: 'lines alone',
      args: { user: undefined, content: blobOf(text) },
      seen: { now: right, ...accounts },
      ...nothing,
    },
    {
      title: 'another mode',
      seen: { now: { ...right, mode: '0644' }, ...accounts },
      changes: ['mode'],
      steps: [`file.attributes ${path}`],
    },
    {
      title: 'a link',
      seen: { now: seenEntry({ type: 'link' }, path), ...accounts },
      ...nothing,
      blocked: 'symbolic link',
    },
    {
      title: 'no sudo',
      seen: { now: seenEntry({ parent: 'absent' }, path), ...accounts },
      ...nothing,
      blocked: 'sudo is not installed',
    },
    { title: 'absent, and is', args: without, seen: { now: missing }, ...nothing },
    { title: 'absent, without sudo', args: without, seen: { now: seenEntry({ parent: 'absent' }, path) }, ...nothing },
    { title: 'absent', args: without, seen: { now: right }, changes: ['type'], steps: [`file.remove ${path}`] },
    {
      title: 'absent, for a session that may not',
      args: without,
      seen: { now: { ...right, writable: false } },
      ...nothing,
      blocked: 'may not remove',
    },
    {
      title: 'absent, but a directory',
      args: without,
      seen: { now: seenEntry({ type: 'directory' }, path) },
      ...nothing,
      blocked: 'is a directory',
    },
  ],
  [plugin],
)

describe('arguments', () => {
  it.each([
    ['a name with a dot', { name: 'a.conf' }],
    ['a name with a tilde', { name: 'a~' }],
    ['a name with a slash', { name: '../a' }],
    ['a name that is an option', { name: '-a' }],
    ['a name with a line break', { name: 'a\nb' }],
    ['a user that begins another rule', { user: 'ann\nroot' }],
    ['a user behind a "="', { user: 'a = b' }],
    ['a command of two lines', { commands: ['/bin/a\nroot ALL = ALL'] }],
    ['a command that ends in a comment', { commands: ['/bin/a # b'] }],
    ['two users to run as', { as: 'a, b' }],
    ['a way out of the parentheses', { as: 'a) ALL' }],
  ])('refuse %s', (_title, args) => {
    expect(z.strictObject(sudoRule.args).safeParse({ name: 'ann', user: 'ann', ...args }).success).toBe(false)
  })

  it.each([
    ['nothing to say', {}],
    ['commands without a user', { commands: ['/bin/a'] }],
    ['absent with a user', { absent: true, user: 'ann' }],
  ])('do not fit together: %s', (_title, args) => {
    expect(sudoRule.conflict?.({ name: 'ann', ...args })).toBeDefined()
  })
})
