import { seenEntry, stateTable } from '@prove/core/testing'
import { link } from './link.js'

const path = '/srv/latest'
const deep = '/srv/www/site/latest'
const now = seenEntry({ type: 'link', target: 'v2' }, path)
const absent = seenEntry({ type: 'absent' }, path)
const nothing = { changes: [], steps: [] }
const make = 'file.link /srv/latest'

stateTable(link, { path, target: 'v2' }, [
  { title: 'converged', seen: { now }, changes: [], steps: [] },
  { title: 'converged, though it leads nowhere', seen: { now: { ...now, exists: false } }, changes: [], steps: [] },
  {
    title: 'converged, where this user may not write',
    seen: { now: { ...now, writable: false } },
    changes: [],
    steps: [],
  },
  {
    title: 'missing',
    seen: { now: absent },
    changes: ['type', 'target'],
    steps: [{ kind: 'file.link', path, target: 'v2', parents: [] }],
  },
  { title: 'to another target', args: { target: 'v3' }, seen: { now }, changes: ['target'], steps: [make] },
  {
    title: 'to the same place in other words',
    args: { target: '/srv/v2' },
    seen: { now },
    changes: ['target'],
    steps: [make],
  },
  {
    title: 'of another owner',
    args: { owner: 'web', group: '34' },
    seen: { now, user: { id: 33 } },
    changes: ['owner', 'group'],
    steps: [{ kind: 'file.link', owner: 'web', group: '34' }],
  },
  {
    title: 'to another target, where this user may not write',
    args: { target: 'v3' },
    seen: { now: { ...now, writable: false } },
    ...nothing,
    blocked: 'may not be written by this user',
  },
  {
    title: 'missing with what is above it',
    args: { path: deep },
    seen: { now: seenEntry({ parent: 'absent' }, deep) },
    ...nothing,
    blocked: 'create_parents would make it',
  },
  {
    title: 'missing with what is above it, with create_parents',
    args: { path: deep, create_parents: true },
    seen: { now: seenEntry({ parent: 'absent' }, deep) },
    changes: ['type', 'target'],
    steps: [{ kind: 'file.link', path: deep, parents: ['/srv/www', '/srv/www/site'] }],
  },
  {
    title: 'missing below a file',
    seen: { now: seenEntry({ parent: 'other' }, path) },
    ...nothing,
    blocked: 'something above "/srv/latest" is not a directory',
  },
  {
    title: 'a directory',
    args: { replace: true },
    seen: { now: seenEntry({ type: 'directory' }, path) },
    ...nothing,
    blocked: 'is a directory',
  },
  {
    title: 'a file',
    seen: { now: seenEntry({}, path) },
    ...nothing,
    blocked: 'replace would put the link in its place',
  },
  {
    title: 'a file, with replace',
    args: { replace: true },
    seen: { now: seenEntry({}, path) },
    changes: ['type', 'target'],
    steps: [make],
  },
  {
    title: 'an owner that does not exist',
    args: { owner: 'web' },
    seen: { now, user: { id: undefined } },
    ...nothing,
    blocked: 'there is no user "web"',
  },
  {
    title: 'a group that does not exist',
    args: { group: 'www' },
    seen: { now, group: { id: undefined } },
    ...nothing,
    blocked: 'there is no group "www"',
  },
])
