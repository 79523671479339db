import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { z } from '@prove/core'
import { absent } from './absent.js'

const path = '/srv/old'
const file = seenEntry({}, path)
const directory = seenEntry({ type: 'directory' }, path)
const nothing = { changes: [], steps: [] }
const remove = 'file.remove /srv/old'

stateTable(absent, { path }, [
  { title: 'converged', seen: { now: seenEntry({ type: 'absent' }, path) }, changes: [], steps: [] },
  {
    title: 'converged, where this user may not write',
    seen: { now: seenEntry({ type: 'absent', writable: false }, path) },
    changes: [],
    steps: [],
  },
  {
    title: 'converged, without a directory',
    seen: { now: seenEntry({ parent: 'absent' }, path) },
    changes: [],
    steps: [],
  },
  { title: 'converged, below a file', seen: { now: seenEntry({ parent: 'other' }, path) }, changes: [], steps: [] },
  {
    title: 'a file',
    seen: { now: file },
    changes: ['type'],
    steps: [{ kind: 'file.remove', path, recurse: undefined }],
  },
  { title: 'a link', seen: { now: seenEntry({ type: 'link' }, path) }, changes: ['type'], steps: [remove] },
  { title: 'a socket', seen: { now: seenEntry({ type: 'other' }, path) }, changes: ['type'], steps: [remove] },
  { title: 'an empty directory', seen: { now: directory, empty: true }, changes: ['type'], steps: [remove] },
  {
    title: 'a directory that holds something',
    seen: { now: directory, empty: false },
    ...nothing,
    blocked: 'is not empty; recurse would remove what is in it',
  },
  {
    title: 'a directory, with recurse: what it holds is not asked',
    args: { recurse: true },
    seen: { now: directory },
    changes: ['type'],
    steps: [{ kind: 'file.remove', path, recurse: true }],
  },
  {
    title: 'a file, where this user may not write',
    seen: { now: { ...file, writable: false } },
    ...nothing,
    blocked: 'the directory of "/srv/old" may not be written by this user',
  },
  {
    title: 'a file of someone else, where this user may write',
    seen: { now: { ...file, mine: false } },
    changes: ['type'],
    steps: [remove],
  },
])

it.each(['/', '//', '///'])('refuses the root directory, written %s', (written) => {
  expect(z.object(absent.args).safeParse({ path: written }).success).toBe(false)
})
