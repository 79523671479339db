import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { snippet } from './snippet.js'

const path = '/etc/nginx/snippets/tls.conf'
const content = blobOf('ssl_protocols TLSv1.3;\n')
const nginx = seenEntry({ type: 'directory' }, '/etc/nginx')
const gone = seenFile({ type: 'absent' }, path)
const now = seenFile({ sha256: content.sha256 }, path)
const confirm = { command: 'nginx -t -q' }
const nothing = { changes: [], steps: [] }
const away = { content: undefined, absent: true }

stateTable(snippet, { name: 'tls.conf', content }, [
  { title: 'converged', seen: { nginx, now }, ...nothing },
  { title: 'new', seen: { nginx, now: gone }, changes: ['type'], steps: [{ kind: 'file.write', path, confirm }] },
  {
    title: 'the first one of all',
    seen: { nginx, now: seenFile({ parent: 'absent' }, path) },
    changes: ['type'],
    steps: [{ kind: 'file.write', parents: ['/etc/nginx', '/etc/nginx/snippets'] }],
  },
  {
    title: 'another content',
    seen: { nginx, now: seenFile({}, path), old: { text: 'old' } },
    changes: ['content'],
    steps: [{ kind: 'file.write', confirm }],
  },
  {
    title: 'another owner',
    args: { owner: 'web' },
    seen: { nginx, now, user: { id: 33 } },
    changes: ['owner'],
    steps: [`file.attributes ${path}`],
  },
  {
    title: 'no nginx',
    seen: { nginx: seenEntry({ type: 'absent' }, '/etc/nginx'), now: seenFile({ parent: 'absent' }, path) },
    ...nothing,
    blocked: 'there is no nginx',
  },
  { title: 'absent', args: away, seen: { nginx, now: gone }, ...nothing },
  {
    title: 'to be absent',
    args: away,
    seen: { nginx, now },
    changes: ['type'],
    steps: [{ kind: 'file.remove', path, confirm }],
  },
  {
    title: 'to be absent, where this user may not write',
    args: away,
    seen: { nginx, now: { ...now, writable: false } },
    ...nothing,
    blocked: 'may not be written',
  },
  {
    title: 'a directory',
    args: away,
    seen: { nginx, now: seenFile({ type: 'directory' }, path) },
    ...nothing,
    blocked: 'is a directory',
  },
])

it.each([[{}], [{ content, absent: true }], [{ content, source: content }]])('one of three is needed: %j', (given) => {
  expect(snippet.conflict?.({ name: 'a', ...given })).toContain('exactly one')
})
