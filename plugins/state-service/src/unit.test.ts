import { blobOf, seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { makeBlob, z } from '@prove/core'
import plugin from './index.js'
import { noService, seenService } from './testing/seen-service.js'
import { unit } from './unit.js'

const path = '/etc/systemd/system/app.service'
const dropIn = `${path}.d/limits.conf`
const content = '[Service]\nExecStart=/bin/true\n'
const held = makeBlob(content).sha256
const own = seenService({ path })
const absent = { type: 'absent' } as const
const nothing = { changes: [], steps: [] }
const load = { kind: 'systemd.load', unit: 'app.service', path }
const written = (where: string) => ({ kind: 'file.write', path: where })

stateTable(
  unit,
  { name: 'app.service', content: blobOf(content) },
  [
    { title: 'there', seen: { now: seenFile({ sha256: held }, path), unit: own }, ...nothing },
    {
      title: 'new',
      seen: { now: seenFile(absent, path), unit: noService },
      changes: ['type'],
      steps: [written(path), load],
    },
    {
      title: 'in place of one that a package brought',
      seen: { now: seenFile(absent, path), unit: seenService() },
      changes: ['type'],
      steps: [written(path), load],
    },
    {
      title: 'with other content',
      seen: { now: seenFile({}, path), old: { text: 'hello\n' }, unit: own },
      changes: ['content'],
      steps: [written(path), load],
    },
    {
      title: 'with another mode, which systemd does not care for',
      args: { mode: '0600' },
      seen: { now: seenFile({ sha256: held }, path), unit: own },
      changes: ['mode'],
      steps: [{ kind: 'file.attributes', path }],
    },
    {
      title: 'there, and systemd has an older one in mind',
      seen: { now: seenFile({ sha256: held }, path), unit: seenService({ path, stale: true }) },
      changes: ['loaded'],
      steps: [load],
    },
    {
      title: 'there, and systemd has that of a package in mind',
      seen: { now: seenFile({ sha256: held }, path), unit: seenService() },
      changes: ['loaded'],
      steps: [load],
    },
    {
      title: 'there, and systemd knows nothing of it',
      seen: { now: seenFile({ sha256: held }, path), unit: noService },
      changes: ['loaded'],
      steps: [load],
    },
    {
      title: 'of sections',
      args: { content: undefined, sections: { Service: { ExecStart: '/bin/true' } } },
      seen: { now: seenFile({ sha256: held }, path), unit: own },
      ...nothing,
    },
    {
      title: 'a drop-in, new',
      args: { drop_in: 'limits' },
      seen: { now: seenFile({ parent: 'absent' }, dropIn), unit: seenService() },
      changes: ['type'],
      steps: [written(dropIn), { ...load, path: dropIn }],
    },
    {
      title: 'a drop-in, there',
      args: { drop_in: 'limits.conf' },
      seen: { now: seenFile({ sha256: held }, dropIn), unit: seenService() },
      ...nothing,
    },
    {
      title: 'a drop-in of a unit that does not exist',
      args: { drop_in: 'limits' },
      seen: { now: seenFile({ sha256: held }, dropIn), unit: noService },
      ...nothing,
    },
    {
      title: 'a template',
      args: { name: 'app@.service' },
      seen: { now: seenFile(absent, '/etc/systemd/system/app@.service') },
      changes: ['type'],
      steps: [written('/etc/systemd/system/app@.service'), { kind: 'systemd.load', unit: 'app@*.service' }],
    },
    {
      title: 'masked',
      seen: { now: seenEntry({ type: 'link', target: '/dev/null' }, path), unit: seenService({ atBoot: 'masked' }) },
      ...nothing,
      blocked: 'service.unmasked',
    },
    {
      title: 'a link',
      seen: { now: seenEntry({ type: 'link' }, path), unit: seenService() },
      ...nothing,
      blocked: 'symbolic link',
    },
    {
      title: 'without systemd',
      seen: { now: seenFile(absent, path), unit: { init: 'openrc', absent: true } },
      ...nothing,
      blocked: 'systemd does not run',
    },
    {
      title: 'away',
      args: { content: undefined, absent: true },
      seen: { now: seenFile(absent, path), unit: noService },
      ...nothing,
    },
    {
      title: 'to be removed',
      args: { content: undefined, absent: true },
      seen: { now: seenFile({}, path), unit: seenService({ path, activity: 'stopped' }) },
      changes: ['type'],
      steps: [`file.remove ${path}`, load],
    },
    {
      title: 'enabled, and to be removed',
      args: { content: undefined, absent: true },
      seen: { now: seenFile({}, path), unit: seenService({ path, activity: 'stopped', atBoot: 'enabled' }) },
      changes: ['type'],
      steps: [{ kind: 'service.control', action: 'disable' }, `file.remove ${path}`, load],
    },
    {
      title: 'running, and to be removed',
      args: { content: undefined, absent: true },
      seen: { now: seenFile({}, path), unit: own },
      ...nothing,
      blocked: 'service.stopped',
    },
    {
      title: 'a drop-in of what runs, to be removed',
      args: { content: undefined, absent: true, drop_in: 'limits' },
      seen: { now: seenFile({}, dropIn), unit: seenService({ atBoot: 'enabled' }) },
      changes: ['type'],
      steps: [`file.remove ${dropIn}`, { ...load, path: dropIn }],
    },
    {
      title: 'removed, and systemd still has it in mind',
      args: { content: undefined, absent: true },
      seen: { now: seenFile(absent, path), unit: seenService({ path, stale: true }) },
      changes: ['loaded'],
      steps: [load],
    },
  ],
  [plugin],
)

const parse = (given: object) => z.strictObject(unit.args).parse({ name: 'app.service', ...given })

it.each([
  [{}, 'must be given'],
  [{ content: blobOf('a'), sections: {} }, 'must be given'],
  [{ content: blobOf('a'), absent: true }, 'excludes'],
  [{ content: blobOf('a') }, undefined],
  [{ absent: true }, undefined],
])('with %j: %s', (given, problem) => {
  expect(unit.conflict?.(parse(given))).toEqual(problem === undefined ? undefined : expect.stringContaining(problem))
})

it.each(['app', 'a b.service', '../app.service', '-x.service', 'app.conf', 'ä.service', 'a\n.service'])(
  'refuses the name %j',
  (name) => {
    expect(z.object(unit.args).safeParse({ name, absent: true }).success).toBe(false)
  },
)

it.each(['a b', '../x', '-x', '.hidden', 'a/b', ''])('refuses the drop-in %j', (name) => {
  expect(z.object(unit.args).safeParse({ name: 'app.service', drop_in: name, absent: true }).success).toBe(false)
})
