import { seenEntry, stateTable } from '@prove/core/testing'
import { directory } from './directory.js'

const path = '/srv/www'
const deep = '/srv/www/site/files'
const now = seenEntry({ type: 'directory' }, path)
const absent = seenEntry({ type: 'absent' }, path)
const nothing = { changes: [], steps: [] }

stateTable(directory, { path }, [
  { title: 'converged', seen: { now }, changes: [], steps: [] },
  {
    title: 'converged, with all attributes',
    args: { owner: 'root', group: 0, mode: '0755' },
    seen: { now, user: { id: 0 } },
    changes: [],
    steps: [],
  },
  {
    title: 'missing',
    seen: { now: absent },
    changes: ['type'],
    steps: [{ kind: 'file.directory', path, parents: [], mode: undefined }],
  },
  {
    title: 'missing, with attributes',
    args: { owner: 'web', group: 'www', mode: '0750' },
    seen: { now: absent, user: { id: 33 }, group: { id: 34 } },
    changes: ['type', 'owner', 'group', 'mode'],
    steps: [{ kind: 'file.directory', owner: 'web', group: 'www', mode: '0750' }],
  },
  {
    title: 'missing, with the mode that new directories get',
    args: { mode: '0755' },
    seen: { now: absent },
    changes: ['type'],
    steps: ['file.directory /srv/www'],
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
    changes: ['type'],
    steps: [{ kind: 'file.directory', path: deep, parents: ['/srv/www', '/srv/www/site'] }],
  },
  {
    title: 'missing below a file',
    args: { create_parents: true },
    seen: { now: seenEntry({ parent: 'other' }, path) },
    ...nothing,
    blocked: 'something above "/srv/www" is not a directory',
  },
  {
    title: 'missing, where this user may not write',
    seen: { now: { ...absent, writable: false } },
    ...nothing,
    blocked: 'may not be written by this user',
  },
  {
    title: 'other mode',
    args: { mode: '0700' },
    seen: { now },
    changes: ['mode'],
    steps: [{ kind: 'file.attributes', type: 'directory', path, mode: '0700' }],
  },
  {
    title: 'other owner and group',
    args: { owner: '33', group: 'www' },
    seen: { now, group: { id: 34 } },
    changes: ['owner', 'group'],
    steps: ['file.attributes /srv/www'],
  },
  {
    title: 'other mode, where this user may not write above it',
    args: { mode: '0700' },
    seen: { now: { ...now, writable: false } },
    changes: ['mode'],
    steps: ['file.attributes /srv/www'],
  },
  {
    title: 'other mode, of someone else',
    args: { mode: '0700' },
    seen: { now: { ...now, mine: false } },
    ...nothing,
    blocked: 'may not change "/srv/www"',
  },
  {
    title: 'missing, to be given to someone else by a session that is not root',
    args: { owner: 'web' },
    seen: { now: { ...absent, by: 1000 }, user: { id: 33 } },
    ...nothing,
    blocked: 'only root may give something to "web"',
  },
  {
    title: 'missing, to be given to the user of the session',
    args: { owner: 'me' },
    seen: { now: { ...absent, by: 1000 }, user: { id: 1000 } },
    changes: ['type', 'owner'],
    steps: [{ kind: 'file.directory', owner: 'me' }],
  },
  { title: 'converged, though of someone else', seen: { now: { ...now, mine: false } }, changes: [], steps: [] },
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
  { title: 'a file', seen: { now: seenEntry({}, path) }, ...nothing, blocked: 'is no directory but a file' },
  {
    title: 'a link, even one to a directory',
    seen: { now: seenEntry({ type: 'link', exists: true }, path) },
    ...nothing,
    blocked: 'is no directory but a link',
  },
])
