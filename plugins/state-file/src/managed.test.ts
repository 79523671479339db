import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { managed } from './managed.js'

const path = '/etc/motd'
const hello = blobOf('hello\n')
const other = blobOf('other\n')
const changed = { content: other }
const old = { text: 'hello\n' }
const backup = `${path}.${hello.sha256.slice(0, 8)}.bak`
const write = 'file.write /etc/motd'
const attributes = 'file.attributes /etc/motd'
const absent = seenEntry({ type: 'absent' })
const link = seenEntry({ type: 'link', target: 'motd.real' })
const nothing = { changes: [], steps: [] }

/** As a file of which the hash could not be taken. */
const unreadable = seenEntry({ mode: '0000' })

const deep = '/srv/www/site/index.html'

stateTable(managed, { path, content: hello }, [
  { title: 'converged', seen: { now: seenFile() }, changes: [], steps: [] },
  {
    title: 'missing',
    seen: { now: absent },
    changes: ['type'],
    steps: [{ kind: 'file.write', path, fresh: true, parents: [], blob: { sha256: hello.sha256, size: 6 } }],
  },
  { title: 'other content', args: changed, seen: { now: seenFile(), old }, changes: ['content'], steps: [write] },
  {
    title: 'other content from a source',
    args: { content: undefined, source: other },
    seen: { now: seenFile(), old },
    changes: ['content'],
    steps: [{ kind: 'file.write', fresh: false, blob: { sha256: other.sha256, size: 6 } }],
  },
  {
    title: 'other content that is binary',
    args: changed,
    seen: { now: seenFile(), old: {} },
    changes: ['content'],
    steps: [write],
  },
  {
    title: 'a secret, of which the old content is not read',
    args: { ...changed, secret: true },
    seen: { now: seenFile() },
    changes: ['content'],
    steps: [write],
  },
  { title: 'other mode', args: { mode: '0600' }, seen: { now: seenFile() }, changes: ['mode'], steps: [attributes] },
  { title: 'a mode of three digits, as it is', args: { mode: 644 }, seen: { now: seenFile() }, changes: [], steps: [] },
  {
    title: 'content, owner, group and mode at once',
    args: { ...changed, owner: 'web', group: 'www', mode: '0640' },
    seen: { now: seenFile(), old, user: { id: 33 }, group: { id: 34 } },
    changes: ['content', 'owner', 'group', 'mode'],
    steps: [{ kind: 'file.write', owner: 'web', group: 'www', mode: '0640' }],
  },
  {
    title: 'owner and group by number, as they are',
    args: { owner: 0, group: '0' },
    seen: { now: seenFile() },
    changes: [],
    steps: [],
  },
  {
    title: 'another owner by number',
    args: { owner: 33 },
    seen: { now: seenFile() },
    changes: ['owner'],
    steps: [{ kind: 'file.attributes', type: 'file', owner: '33' }],
  },
  {
    title: 'missing, with owner and mode',
    args: { owner: 'web', mode: '0600' },
    seen: { now: absent, user: { id: 33 } },
    changes: ['type', 'owner', 'mode'],
    steps: [{ kind: 'file.write', fresh: true, owner: 'web', mode: '0600' }],
  },
  {
    title: 'missing, with the mode that new files get',
    args: { mode: '0644' },
    seen: { now: absent },
    changes: ['type'],
    steps: [write],
  },
  {
    title: 'an owner that does not exist',
    args: { owner: 'web' },
    seen: { now: seenFile(), user: { id: undefined } },
    ...nothing,
    blocked: 'there is no user "web"',
  },
  {
    title: 'a group that does not exist',
    args: { group: 'www' },
    seen: { now: seenFile(), group: { id: undefined } },
    ...nothing,
    blocked: 'there is no group "www"',
  },
  {
    title: 'only declared to exist, and missing',
    args: { content: undefined },
    seen: { now: absent },
    changes: ['type'],
    steps: [{ kind: 'file.write', fresh: true, blob: { sha256: blobOf('').sha256, size: 0 } }],
  },
  {
    title: 'only declared to exist, and there',
    args: { content: undefined },
    seen: { now: seenFile({ sha256: other.sha256 }) },
    changes: [],
    steps: [],
  },
  {
    title: 'only the mode declared, of a file that cannot be read',
    args: { content: undefined, mode: '0600' },
    seen: { now: unreadable },
    changes: ['mode'],
    steps: [attributes],
  },
  {
    title: 'no directory',
    seen: { now: seenEntry({ parent: 'absent' }) },
    ...nothing,
    blocked: 'create_parents would make it',
  },
  {
    title: 'no directory, with create_parents',
    args: { path: deep, create_parents: true },
    seen: { now: seenEntry({ parent: 'absent' }, deep) },
    changes: ['type'],
    steps: [{ kind: 'file.write', path: deep, fresh: true, parents: ['/srv/www', '/srv/www/site'] }],
  },
  {
    title: 'a file where the directory should be',
    args: { create_parents: true },
    seen: { now: seenEntry({ parent: 'other' }) },
    ...nothing,
    blocked: 'something above "/etc/motd" is not a directory',
  },
  {
    title: 'missing, in a directory that may not be written',
    seen: { now: seenEntry({ type: 'absent', writable: false }) },
    ...nothing,
    blocked: 'may not be written by this user',
  },
  {
    title: 'other content, in a directory that may not be written',
    args: changed,
    seen: { now: seenFile({ writable: false }), old },
    ...nothing,
    blocked: 'may not be written by this user',
  },
  {
    title: 'other mode, in a directory that may not be written',
    args: { mode: '0600' },
    seen: { now: seenFile({ writable: false }) },
    changes: ['mode'],
    steps: [attributes],
  },
  {
    title: 'other content, of a file of someone else',
    args: changed,
    seen: { now: seenFile({ mine: false }), old },
    ...nothing,
    blocked: 'may not change "/etc/motd"',
  },
  {
    title: 'converged, though of someone else in a closed directory',
    seen: { now: seenFile({ mine: false, writable: false, names: 2 }) },
    changes: [],
    steps: [],
  },
  { title: 'unreadable', seen: { now: unreadable, old: {} }, ...nothing, blocked: 'may not read "/etc/motd"' },
  { title: 'a directory', seen: { now: seenEntry({ type: 'directory' }) }, ...nothing, blocked: 'is a directory' },
  { title: 'a socket', seen: { now: seenEntry({ type: 'other' }) }, ...nothing, blocked: 'is no regular file' },
  { title: 'a link', seen: { now: link }, ...nothing, blocked: 'is a symbolic link to "motd.real"' },
  {
    title: 'a link, with replace_link',
    args: { replace_link: true },
    seen: { now: link },
    changes: ['type'],
    steps: [{ kind: 'file.write', fresh: false, replaceLink: true }],
  },
  {
    title: 'a link in a directory that may not be written, with replace_link',
    args: { replace_link: true },
    seen: { now: { ...link, writable: false } },
    ...nothing,
    blocked: 'may not be written by this user',
  },
  {
    title: 'other content of a hard-linked file',
    args: changed,
    seen: { now: seenFile({ names: 2 }), old },
    ...nothing,
    blocked: 'has 2 names (hard links)',
  },
  {
    title: 'other content of a hard-linked file, with break_hard_link',
    args: { ...changed, break_hard_link: true },
    seen: { now: seenFile({ names: 2 }), old },
    changes: ['content'],
    steps: [write],
  },
  {
    title: 'other mode of a hard-linked file',
    args: { mode: '0600' },
    seen: { now: seenFile({ names: 2 }) },
    changes: ['mode'],
    steps: [attributes],
  },
  {
    title: 'other content, with backup',
    args: { ...changed, backup: true },
    seen: { now: seenFile(), old, kept: seenEntry({ type: 'absent' }, backup) },
    changes: ['content'],
    steps: [{ kind: 'file.write', backup }],
  },
  {
    title: 'other content, with a backup that is there already',
    args: { ...changed, backup: true },
    seen: { now: seenFile(), old, kept: seenEntry({}, backup) },
    changes: ['content'],
    steps: [{ kind: 'file.write', backup: undefined }],
  },
  {
    title: 'missing, with backup: there is nothing to keep',
    args: { backup: true },
    seen: { now: absent },
    changes: ['type'],
    steps: [{ kind: 'file.write', backup: undefined }],
  },
  {
    title: 'other content, with validate',
    args: { ...changed, validate: ['visudo', '-cf', '%s'] },
    seen: { now: seenFile(), old },
    changes: ['content'],
    steps: [{ kind: 'file.write', validate: { command: ['visudo', '-cf', '%s'] } }],
  },
])

describe('the diff', () => {
  const args = { path, content: other }
  const changeOf = (more: object, seen: object): unknown =>
    managed.check({ ...args, ...more }, { now: seenFile(), ...seen })
  const short = { field: 'content', from: hello.sha256.slice(0, 12), to: other.sha256.slice(0, 12) }

  it.each<[string, object, object, unknown]>([
    [
      'whole texts',
      {},
      { old },
      { ...short, text: { from: 'hello\n', to: { sha256: other.sha256, size: other.size } } },
    ],
    [
      'a text that was empty',
      {},
      { old: { text: '' } },
      { ...short, text: { from: '', to: { sha256: other.sha256, size: 6 } } },
    ],
    ['hashes only, of what is binary', {}, { old: {} }, short],
    ['hashes only, of a secret', { secret: true }, {}, short],
    ['hashes only, of a secret, even where the text was seen', { secret: true }, { old }, short],
  ])('shows %s', (_title, more, seen, change) => {
    expect(changeOf(more, seen)).toEqual([change])
  })
})
