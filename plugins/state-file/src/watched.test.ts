import { createHash } from 'node:crypto'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { watched } from './watched.js'

const path = '/etc/motd'
const marker = `/var/lib/prove/watches/${createHash('sha256').update(path).digest('hex').slice(0, 32)}`
const absent = seenEntry({ type: 'absent' }, marker)
const make = { kind: 'file.link', path: marker, target: path }

stateTable(watched, { path }, [
  { title: 'converged', seen: { now: seenEntry({ type: 'link', target: path }, marker) }, changes: [], steps: [] },
  { title: 'not watched yet', seen: { now: absent }, changes: ['watched'], steps: [{ ...make, parents: [] }] },
  {
    title: 'a link that leads elsewhere',
    seen: { now: seenEntry({ type: 'link', target: '/etc/other' }, marker) },
    changes: ['watched'],
    steps: [make],
  },
  {
    title: 'where this user may not write',
    seen: { now: { ...absent, writable: false } },
    changes: [],
    steps: [],
    blocked: 'may not be written by this user',
  },
])

it('needs an agent, which hears of changes of the path', () => {
  expect(watched.needs).toBe('agent')
  expect(watched.native?.watch({ path })).toEqual([path])
})
