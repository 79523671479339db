import { isBlocked, type TreeEntry } from '@prove/core'
import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import type { Listed } from './reads/listing.js'
import plugin from './index.js'
import { tree } from './tree.js'

const path = '/srv/www'
const hello = blobOf('hello\n')
const other = blobOf('other\n')
const at = (name: string): string => `${path}/${name}`

const source: readonly TreeEntry[] = [
  { path: 'css', type: 'directory' },
  { path: 'css/a.css', type: 'file', blob: hello, isExecutable: false },
  { path: 'current', type: 'link', target: 'css' },
  { path: 'run', type: 'file', blob: hello, isExecutable: true },
]

const directory = (name = '', fields: object = {}) =>
  seenEntry({ type: 'directory', ...fields }, name === '' ? path : at(name))
const absent = (name: string, fields: object = {}) => seenEntry({ type: 'absent', ...fields }, at(name))
const file = (name: string, fields: object = {}) => seenFile(fields, at(name))
const link = (name: string, target = 'css') => seenEntry({ type: 'link', target }, at(name))

const converged = {
  now: directory(),
  'now/css': directory('css'),
  'now/css/a.css': file('css/a.css'),
  'now/current': link('current'),
  'now/run': file('run', { mode: '0755' }),
}
const nothing = { changes: [], steps: [] }
const listed = (...paths: string[]): readonly Listed[] =>
  paths.map((each) => ({ path: each.replace(/\/$/, ''), type: each.endsWith('/') ? 'directory' : 'file' }))
const all = ['css/', 'css/a.css', 'current', 'run']

stateTable(
  tree,
  { path, source },
  [
    { title: 'converged', seen: converged, ...nothing },
    {
      title: 'nothing there yet',
      seen: {
        now: directory('', { type: 'absent' }),
        'now/css': absent('css', { parent: 'absent' }),
        'now/css/a.css': absent('css/a.css', { parent: 'absent' }),
        'now/current': absent('current', { parent: 'absent' }),
        'now/run': absent('run', { parent: 'absent' }),
      },
      changes: ['type', 'css', 'css/a.css', 'current', 'run'],
      steps: [
        { kind: 'file.directory', path, parents: [] },
        { kind: 'file.directory', path: at('css'), mode: '0755' },
        { kind: 'file.write', path: at('run'), mode: '0755', fresh: true },
        { kind: 'file.write', path: at('css/a.css'), mode: '0644', fresh: true, blob: hello },
        { kind: 'file.link', path: at('current'), target: 'css' },
      ],
    },
    {
      title: 'no directory for it',
      seen: {
        now: directory('', { type: 'absent', parent: 'absent' }),
        'now/css': absent('css', { parent: 'absent' }),
        'now/css/a.css': absent('css/a.css', { parent: 'absent' }),
        'now/current': absent('current', { parent: 'absent' }),
        'now/run': absent('run', { parent: 'absent' }),
      },
      ...nothing,
      blocked: 'create_parents would make it',
    },
    {
      title: 'a link in place of the directory',
      seen: { ...converged, now: directory('', { type: 'link', target: '/mnt' }) },
      ...nothing,
      blocked: 'is a symbolic link to "/mnt"',
    },
    {
      title: 'other content, a mode that lost its x, another target',
      seen: {
        ...converged,
        'now/css/a.css': file('css/a.css', { sha256: other.sha256 }),
        'old/css/a.css': { text: 'other\n' },
        'now/run': file('run'),
        'now/current': link('current', 'elsewhere'),
      },
      changes: ['css/a.css content', 'current target', 'run mode'],
      steps: [
        { kind: 'file.write', path: at('css/a.css'), fresh: false },
        { kind: 'file.link', path: at('current') },
        { kind: 'file.attributes', path: at('run'), mode: '0755' },
      ],
    },
    {
      title: 'a directory that has a mode of its own, which nobody declares',
      seen: { ...converged, now: directory('', { mode: '1777' }), 'now/css': directory('css', { mode: '0700' }) },
      ...nothing,
    },
    {
      title: 'modes that are declared',
      args: { file_mode: '0640', directory_mode: '0750' },
      seen: converged,
      changes: ['mode', 'css mode', 'css/a.css mode', 'run mode'],
      steps: [
        'file.attributes /srv/www',
        'file.attributes /srv/www/css',
        'file.attributes /srv/www/css/a.css',
        'file.attributes /srv/www/run',
      ],
    },
    {
      title: 'an owner, of links too',
      args: { owner: '33' },
      seen: converged,
      changes: ['owner', 'css owner', 'css/a.css owner', 'current owner', 'run owner'],
      steps: [
        'file.attributes /srv/www',
        'file.link /srv/www/current',
        'file.attributes /srv/www/css',
        'file.attributes /srv/www/css/a.css',
        'file.attributes /srv/www/run',
      ],
    },
    {
      title: 'an owner that does not exist',
      args: { owner: 'web' },
      seen: { ...converged, user: { id: undefined } },
      ...nothing,
      blocked: 'there is no user "web"',
    },
    {
      title: 'what is excluded is not looked at',
      args: { exclude: ['css', 'current'] },
      seen: { now: directory(), 'now/run': converged['now/run'] },
      ...nothing,
    },
    {
      title: 'what is included, and the directory that it is in',
      args: { include: '*.css' },
      seen: { now: directory(), 'now/css': absent('css'), 'now/css/a.css': absent('css/a.css', { parent: 'absent' }) },
      changes: ['css', 'css/a.css'],
      steps: ['file.directory /srv/www/css', 'file.write /srv/www/css/a.css'],
    },
    {
      title: 'nothing to delete',
      args: { delete_extra: true },
      seen: { ...converged, listed: listed(...all) },
      ...nothing,
    },
    {
      title: 'what else is there, each by name',
      args: { delete_extra: true },
      seen: {
        ...converged,
        listed: listed(...all, 'css/old.css', 'old/', 'old/a', 'old/b/', 'old/b/c'),
        'extra/css/old.css': file('css/old.css'),
        'extra/old': directory('old'),
      },
      changes: ['css/old.css', 'old', 'old/a', 'old/b', 'old/b/c'],
      steps: ['file.remove /srv/www/css/old.css', 'file.remove /srv/www/old'],
    },
    {
      title: 'what else is there, around what is excluded',
      args: { delete_extra: true, exclude: '*.log' },
      seen: {
        ...converged,
        listed: listed(...all, 'old/', 'old/a', 'old/b/', 'old/b/c.log', 'old/d/', 'old/d/e'),
        'extra/old/a': file('old/a'),
        'extra/old/d': directory('old/d'),
      },
      changes: ['old/a', 'old/d', 'old/d/e'],
      steps: ['file.remove /srv/www/old/a', 'file.remove /srv/www/old/d'],
    },
    {
      title: 'what else is there, of what is included alone',
      args: { delete_extra: true, include: 'css' },
      seen: {
        now: directory(),
        'now/css': converged['now/css'],
        'now/css/a.css': converged['now/css/a.css'],
        listed: listed('css/', 'css/a.css', 'css/b.css', 'other/', 'other/c'),
        'extra/css/b.css': file('css/b.css'),
      },
      changes: ['css/b.css'],
      steps: ['file.remove /srv/www/css/b.css'],
    },
    {
      title: 'something mounted below what else is there',
      args: { delete_extra: true },
      seen: { ...converged, listed: listed(...all, 'data/'), 'extra/data': directory('data', { mount: 'below' }) },
      ...nothing,
      blocked: 'something is mounted at or below "/srv/www/data"; exclude would leave it alone',
    },
    {
      title: 'a file where the folder has a directory',
      seen: { ...converged, 'now/css': file('css'), 'now/css/a.css': absent('css/a.css', { parent: 'other' }) },
      ...nothing,
      blocked: '"/srv/www/css" is a file, and the source has a directory there; delete_extra would replace it',
    },
    {
      title: 'a link where the folder has a directory, with delete_extra: what it leads to stays',
      args: { delete_extra: true },
      seen: { ...converged, 'now/css': link('css', '/etc'), listed: listed('css', 'current', 'run') },
      changes: ['css', 'css/a.css'],
      steps: [
        { kind: 'file.remove', path: at('css') },
        { kind: 'file.directory', path: at('css') },
        { kind: 'file.write', path: at('css/a.css'), fresh: true },
      ],
    },
    {
      title: 'a directory where the folder has a file, with delete_extra',
      args: { delete_extra: true },
      seen: {
        ...converged,
        'now/run': directory('run'),
        listed: listed(...all, 'run/x'),
        'extra/run/x': file('run/x'),
      },
      changes: ['run', 'run/x'],
      steps: ['file.remove /srv/www/run', { kind: 'file.write', path: at('run'), fresh: true, mode: '0755' }],
    },
    {
      title: 'a directory where the folder has a file, with something excluded in it',
      args: { delete_extra: true, exclude: '*.log' },
      seen: { ...converged, 'now/run': directory('run'), listed: listed(...all, 'run/x.log') },
      ...nothing,
      blocked: '"/srv/www/run/x.log" is left alone',
    },
    {
      title: 'a file with two names',
      seen: {
        ...converged,
        'now/run': file('run', { names: 2, sha256: other.sha256 }),
        'old/run': {},
      },
      ...nothing,
      blocked: 'has 2 names (hard links)',
    },
    {
      title: 'a directory that may not be written',
      seen: { ...converged, 'now/css/a.css': absent('css/a.css', { writable: false }) },
      ...nothing,
      blocked: 'may not be written by this user',
    },
    {
      title: 'a file that cannot be read',
      seen: { ...converged, 'now/run': seenEntry({}, at('run')) },
      ...nothing,
      blocked: 'may not read "/srv/www/run"',
    },
  ],
  [plugin],
)

describe('file.tree', () => {
  it('owns its files and links, not its directories', () => {
    expect(tree.owns?.({ path, source })).toEqual([at('css/a.css'), at('current'), at('run')])
  })

  it('reads the old content of the first fifty files that differ', () => {
    const many = Array.from({ length: 80 }, (_, i) => `f${i}`)
    const args = { path, source: many.map((name) => ({ path: name, type: 'file', blob: hello, isExecutable: false })) }
    const now = many.map((name) => [`now/${name}`, file(name, { sha256: other.sha256 })])
    const seen = { now: directory(), ...Object.fromEntries(now) }
    const olds = Object.keys(tree.reads(args, seen)).filter((name) => name.startsWith('old/'))
    expect(olds).toHaveLength(50)
    const found = tree.check(args, { ...seen, ...Object.fromEntries(olds.map((name) => [name, { text: 'other\n' }])) })
    expect(isBlocked(found) ? found : found.filter(({ text }) => text !== undefined).length).toBe(50)
    expect(isBlocked(found) ? found : found.length).toBe(80)
  })

  it('shows no content of a secret', () => {
    const seen = { ...converged, 'now/run': file('run', { mode: '0755', sha256: other.sha256 }) }
    expect(Object.keys(tree.reads({ path, source, secret: true }, seen))).not.toContain('old/run')
    const found = tree.check({ path, source, secret: true }, { ...seen, 'old/run': { text: 'other\n' } })
    expect(JSON.stringify(found)).not.toContain('other\\n')
  })
})
