import { makeBlob, z } from '@prove/core'
import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import { parseStamp, stampOf, stampText } from './archive-stamp.js'
import { extracted } from './extracted.js'
import plugin from './index.js'
import { urlHash } from './steps/download.js'

const path = '/opt/app'
const stampPath = `${path}/.prove-extracted`
const source = blobOf('the archive')
const other = blobOf('another archive')
const url = 'https://example.org/app-1.tar.xz'

const stampFor = (archive: string, options: object = {}): string => stampText(stampOf(archive, { ...options }))
const stamp = (text: string) => seenFile({ sha256: makeBlob(text).sha256 }, stampPath)
const done = stampFor(`sha256:${source.sha256}`)
const noStamp = seenEntry({ type: 'absent' }, stampPath)
const now = seenEntry({ type: 'directory' }, path)
const absent = { now: seenEntry({ type: 'absent' }, path), stamp: seenEntry({ parent: 'absent' }, stampPath) }
const nothing = { changes: [], steps: [] }
const step = { kind: 'archive.extract', path, strip: 0, include: [], exclude: [] }
const fromCatalog = { from: 'catalog', blob: { sha256: source.sha256, size: source.size } }
const web = { source: undefined, url }
const programs = { 'program/tar': true, 'program/xz': true }

stateTable(
  extracted,
  { path, source },
  [
    { title: 'converged', seen: { now, stamp: stamp(done) }, ...nothing },
    {
      title: 'nothing there',
      seen: absent,
      changes: ['type', 'archive'],
      steps: [
        {
          ...step,
          origin: fromCatalog,
          before: 'absent',
          stamp: { name: '.prove-extracted', text: done },
          timeout: 600,
        },
      ],
    },
    {
      title: 'an empty directory',
      seen: { now, stamp: noStamp, isEmpty: true },
      changes: ['archive'],
      steps: [{ ...step, before: 'empty' }],
    },
    {
      title: 'a directory that holds something',
      seen: { now, stamp: noStamp, isEmpty: false },
      changes: ['archive'],
      steps: [{ ...step, before: 'full' }],
    },
    {
      title: 'another archive',
      args: { source: other },
      seen: { now, stamp: stamp(done), told: { text: done }, isEmpty: false },
      changes: ['archive'],
      steps: ['archive.extract /opt/app'],
    },
    {
      title: 'the same archive in another way',
      args: { strip: 1, include: '*.conf', owner: '33', file_mode: '0640' },
      seen: { now, stamp: stamp(done), told: { text: done }, isEmpty: false },
      changes: ['options'],
      steps: [
        { kind: 'archive.extract', strip: 1, include: ['^(.*/)?[^/]*\\.conf(/.*)?$'], owner: '33', file_mode: '0640' },
      ],
    },
    {
      title: 'a stamp that was edited',
      seen: { now, stamp: stamp('x'), told: { text: `${done}x` }, isEmpty: false },
      changes: ['stamp'],
      steps: ['archive.extract /opt/app'],
    },
    {
      title: 'a stamp that is none',
      seen: { now, stamp: stamp('x'), told: {}, isEmpty: false },
      changes: ['archive'],
      steps: ['archive.extract /opt/app'],
    },
    {
      title: 'on the target',
      args: { source: undefined, archive: '/srv/a.zip' },
      seen: { ...absent, local: seenFile({ sha256: source.sha256 }, '/srv/a.zip'), 'program/unzip': true },
      changes: ['type', 'archive'],
      steps: [
        {
          kind: 'archive.extract',
          name: 'a.zip',
          origin: { from: 'target', path: '/srv/a.zip', sha256: source.sha256 },
        },
      ],
    },
    {
      title: 'on the target, and not there',
      args: { source: undefined, archive: '/srv/a' },
      seen: { now, stamp: stamp(done), local: seenEntry({ type: 'absent' }, '/srv/a') },
      ...nothing,
      blocked: '"/srv/a" does not exist',
    },
    {
      title: 'on the target, and a link',
      args: { source: undefined, archive: '/srv/a' },
      seen: { now, stamp: noStamp, local: seenEntry({ type: 'link' }, '/srv/a') },
      ...nothing,
      blocked: 'name the file that it leads to',
    },
    {
      title: 'of a server, of which the address is known',
      args: web,
      seen: { ...absent, tool: 'curl', ...programs },
      changes: ['type', 'archive'],
      steps: [{ kind: 'archive.extract', origin: { from: 'web', request: { url }, checksum: undefined } }],
    },
    {
      title: 'of a server, and extracted already, where nothing could fetch or unpack it',
      args: web,
      seen: {
        now,
        stamp: stamp(stampFor(`url:${urlHash(url)}`)),
        tool: 'none',
        'program/tar': true,
        'program/xz': false,
      },
      ...nothing,
    },
    {
      title: 'of a server, with a table of checksums',
      args: { ...web, checksum_url: 'https://example.org/SUMS' },
      seen: { ...absent, tool: 'curl', ...programs, sums: `${source.sha256}  app-1.tar.xz\n` },
      changes: ['type', 'archive'],
      steps: [
        {
          kind: 'archive.extract',
          origin: { from: 'web', request: { url }, checksum: { algorithm: 'sha256', hex: source.sha256 } },
        },
      ],
    },
    {
      title: 'of a server that nobody can ask',
      args: web,
      seen: { ...absent, tool: 'none', ...programs },
      ...nothing,
      blocked: 'unavailable: curl',
    },
    {
      title: 'that nobody can unpack',
      args: web,
      seen: { ...absent, tool: 'curl', 'program/tar': true, 'program/xz': false },
      ...nothing,
      blocked: 'unavailable: xz',
    },
    {
      title: 'no directory for it',
      seen: { now: seenEntry({ parent: 'absent' }, path), stamp: absent.stamp },
      ...nothing,
      blocked: 'create_parents would make it',
    },
    {
      title: 'a link in its place',
      seen: { now: seenEntry({ type: 'link', target: '/mnt' }, path), stamp: noStamp },
      ...nothing,
      blocked: 'is a symbolic link to "/mnt"',
    },
    {
      title: 'a file in its place',
      seen: { now: seenEntry({}, path), stamp: seenEntry({ parent: 'other' }, stampPath) },
      ...nothing,
      blocked: 'is no directory',
    },
    {
      title: 'a directory in place of the stamp',
      seen: { now, stamp: seenEntry({ type: 'directory' }, stampPath), isEmpty: false },
      ...nothing,
      blocked: 'is no file in "/opt/app"',
    },
    {
      title: 'a directory that may not be written',
      seen: { now, stamp: seenEntry({ type: 'absent', writable: false }, stampPath), isEmpty: true },
      ...nothing,
      blocked: 'may not be written',
    },
    {
      title: 'an owner that does not exist',
      args: { owner: 'web' },
      seen: { ...absent, user: { id: undefined } },
      ...nothing,
      blocked: 'there is no user "web"',
    },
  ],
  [plugin],
)

describe('the arguments of archive.extracted', () => {
  const conflict = (more: object): unknown => extracted.conflict?.({ path, ...more })

  it('name one archive, and of a server alone what is asked of it', () => {
    expect(conflict({})).toContain('is needed')
    expect(conflict({ source, url })).toContain('exclude each other')
    expect(conflict({ source, checksum: `sha256:${source.sha256}` })).toBe('"checksum" needs "url"')
    expect(conflict({ archive: '/a', headers: {} })).toBe('"headers" needs "url"')
    expect(conflict({ url, checksum: `sha256:${source.sha256}`, checksum_url: url })).toContain('exclude each other')
    expect(conflict({ url, password: 'x' })).toContain('"username"')
    expect(conflict({ url })).toBeUndefined()
  })

  it.each(['a/b', '..', '.', '', 'a b'])('refuse the stamp %j', (name) =>
    expect(z.strictObject(extracted.args).safeParse({ path, url, stamp: name }).success).toBe(false),
  )

  it('own the stamp alone', () => expect(extracted.owns?.({ path, source, stamp: 'x' })).toBe('/opt/app/x'))
})

it('reads what a stamp says, and nothing else', () => {
  const made = stampOf('sha256:abc', { strip: 1, owner: undefined })
  expect(parseStamp(stampText(made))).toEqual(made)
  expect(stampOf('sha256:abc', { strip: 1 })).toEqual(made)
  expect(stampOf('sha256:abc', { strip: 2 })).not.toEqual(made)
  for (const text of ['', 'archive x', 'archive x y\noptions z', stampText(made).slice(0, -20)]) {
    expect(parseStamp(text)).toBeUndefined()
  }
})
