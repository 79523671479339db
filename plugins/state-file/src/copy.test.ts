import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { copy } from './copy.js'
import plugin from './index.js'

const path = '/etc/motd'
const source = '/etc/motd.template'
const other = blobOf('other\n')
const absent = seenEntry({ type: 'absent' })
const hello = seenFile({}, source)
const from = seenFile({ sha256: other.sha256, size: other.size }, source)
const old = { text: 'hello\n' }
const text = { text: 'other\n' }
const nothing = { changes: [], steps: [] }
const backup = `${path}.${blobOf('hello\n').sha256.slice(0, 8)}.bak`

stateTable(
  copy,
  { path, source },
  [
    { title: 'converged', seen: { from: hello, now: seenFile() }, ...nothing },
    {
      title: 'missing',
      seen: { from: hello, now: absent },
      changes: ['type'],
      steps: [{ kind: 'file.copy', path, source, fresh: true, content: { sha256: hello.sha256, size: 6 } }],
    },
    {
      title: 'other content',
      seen: { from, now: seenFile(), old, text },
      changes: ['content'],
      steps: [{ kind: 'file.copy', fresh: false, content: { sha256: other.sha256, size: other.size } }],
    },
    {
      title: 'other content that is binary',
      seen: { from, now: seenFile(), old: {}, text: {} },
      changes: ['content'],
      steps: ['file.copy /etc/motd'],
    },
    {
      title: 'a secret, of which no text is read',
      args: { secret: true },
      seen: { from, now: seenFile() },
      changes: ['content'],
      steps: ['file.copy /etc/motd'],
    },
    {
      title: 'other mode and owner alone',
      args: { owner: '33', mode: '0600' },
      seen: { from: hello, now: seenFile() },
      changes: ['owner', 'mode'],
      steps: ['file.attributes /etc/motd'],
    },
    {
      title: 'other content, with backup and validate',
      args: { backup: true, validate: 'true %s' },
      seen: { from, now: seenFile(), old, text, kept: seenEntry({ type: 'absent' }, backup) },
      changes: ['content'],
      steps: [{ kind: 'file.copy', backup, validate: { command: 'true %s' } }],
    },
    {
      title: 'no source',
      seen: { from: seenEntry({ type: 'absent' }, source), now: absent },
      ...nothing,
      blocked: '"/etc/motd.template" does not exist',
    },
    {
      title: 'a source that is a link',
      seen: { from: seenEntry({ type: 'link' }, source), now: absent },
      ...nothing,
      blocked: 'is a symbolic link: name the file',
    },
    {
      title: 'a source that is a directory',
      seen: { from: seenEntry({ type: 'directory' }, source), now: absent },
      ...nothing,
      blocked: 'is a directory',
    },
    {
      title: 'a source that is a socket',
      seen: { from: seenEntry({ type: 'other' }, source), now: absent },
      ...nothing,
      blocked: 'is no regular file',
    },
    {
      title: 'a source that cannot be read',
      seen: { from: seenEntry({}, source), now: absent },
      ...nothing,
      blocked: 'may not read "/etc/motd.template"',
    },
    {
      title: 'a link in its place',
      seen: { from: hello, now: seenEntry({ type: 'link', target: 'x' }) },
      ...nothing,
      blocked: 'replace_link would replace it',
    },
    {
      title: 'a link in its place, with replace_link',
      args: { replace_link: true },
      seen: { from: hello, now: seenEntry({ type: 'link', target: 'x' }) },
      changes: ['type'],
      steps: [{ kind: 'file.copy', replaceLink: true }],
    },
    {
      title: 'no directory',
      seen: { from: hello, now: seenEntry({ parent: 'absent' }) },
      ...nothing,
      blocked: 'create_parents would make it',
    },
  ],
  [plugin],
)

it('shows a diff of what the source holds', () => {
  const changes = copy.check({ path, source }, { from, now: seenFile(), old, text })
  expect(changes).toEqual([expect.objectContaining({ text: { from: 'hello\n', to: expect.objectContaining(text) } })])
})

it('shows no diff of a text that is not what was hashed', () => {
  const changes = copy.check({ path, source }, { from, now: seenFile(), old, text: { text: 'newer\n' } })
  expect(changes).toEqual([
    {
      field: 'content',
      from: expect.any(String),
      to: other.sha256.slice(0, 12),
      text: expect.objectContaining({ to: { sha256: other.sha256, size: other.size } }),
    },
  ])
})
