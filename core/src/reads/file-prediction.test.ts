import { describe, expect, it } from 'vitest'
import type { Facts } from '../contracts/facts.js'
import { seenFile } from '../testing/seen-file.js'
import { type FileFields, givesFile, predictFile } from './file-prediction.js'

const facts = { uid: 0 } as Facts
const path = '/srv/new/d/b'
const missing = seenFile({ parent: 'absent' }, path)
const there = seenFile({}, path)
const directory = { type: 'directory' } as const

/** What is told of the path after steps at others. */
const after = (answer: typeof missing, ...steps: readonly (readonly [path: string, fields: FileFields])[]) =>
  predictFile(
    { path, hash: true },
    answer,
    steps.map(([at, fields]) => givesFile(at, fields)),
    facts,
  )

describe('a path below directories that a step makes', () => {
  const made = [
    ['/srv/new', directory],
    ['/srv/new/d', directory],
  ] as const

  it.each([
    ['/srv/new/d/a', { type: 'file' }],
    ['/srv/new/c', { type: 'file' }],
    ['/srv/new/l', { type: 'link', target: 'd' }],
    ['/srv/new/d/a', { type: 'absent' }],
  ] as const)('does not lead to %s', (other, fields) => {
    expect(after(missing, ...made, [other, fields])).toMatchObject({ type: 'absent', parent: 'directory' })
  })

  it.each([
    ['/srv/old/b', { type: 'file' }],
    ['/srv/new-not/b', { type: 'file' }],
    ['/srv/new/d', { type: 'link', target: '/srv/old' }],
  ] as const)('is not known after a step at %s', (other, fields) => {
    expect(after(missing, ...made, [other, fields])).toBeUndefined()
  })

  it('is not known after a step that came before the directory was made', () => {
    expect(after(missing, ['/srv/new/l', { type: 'link', target: '/srv' }], ...made)).toBeUndefined()
  })
})

it('a path below a directory that was there before may lead to what is made there', () => {
  expect(after(there, ['/srv/new', directory], ['/srv/new/a', { type: 'file' }])).toBeUndefined()
})

const motd = seenFile({ size: 6 }, '/etc/motd')
const sizeAfter = (fields: object): unknown =>
  predictFile({ path: '/etc/motd', hash: true }, motd, [givesFile('/etc/motd', { type: 'file', ...fields })], facts)
    ?.size

it('does not know the size of other content, unless it is told', () => {
  expect(sizeAfter({ sha256: '0'.repeat(64) })).toBeUndefined()
  expect(sizeAfter({ sha256: '0'.repeat(64), size: 7 })).toBe(7)
  expect(sizeAfter({ sha256: motd.sha256 })).toBe(6)
  expect(sizeAfter({ mode: '0600' })).toBe(6)
})
