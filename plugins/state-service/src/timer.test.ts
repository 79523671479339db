import { seenEntry, seenFile, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { makeBlob, z } from '@prove/core'
import plugin from './index.js'
import { noService, seenService } from './testing/seen-service.js'
import { timer } from './timer.js'
import { ownMark, timedServiceText, timerText } from './timer-units.js'

const args = { name: 'backup', on_calendar: 'daily', command: 'backup --all' }
const given = { ...args, persistent: false }
const path = { timer: '/etc/systemd/system/backup.timer', service: '/etc/systemd/system/backup.service' }
const absent = { type: 'absent' } as const
const gone = { timer: seenFile(absent, path.timer), service: seenFile(absent, path.service) }
const there = {
  timer: seenFile({ sha256: makeBlob(timerText(given)).sha256 }, path.timer),
  service: seenFile({ sha256: makeBlob(timedServiceText(given) ?? '').sha256 }, path.service),
}
const unit = seenService({ id: 'backup.timer', atBoot: 'enabled', path: path.timer })
const fine = { exit: 0, stdout: '', stderr: '' }
const write = (kind: 'timer' | 'service') => ({ kind: 'file.write', path: path[kind] })
const load = (kind: 'timer' | 'service') => ({ kind: 'systemd.load', unit: `backup.${kind}`, path: path[kind] })
const control = (action: string) => ({ kind: 'service.control', action, id: 'backup.timer' })
const nothing = { changes: [], steps: [] }
const away = { on_calendar: undefined, command: undefined, absent: true }

stateTable(
  timer,
  args,
  [
    { title: 'there', seen: { ...there, unit }, ...nothing },
    {
      title: 'new',
      seen: { ...gone, unit: noService, times: fine },
      changes: ['service.type', 'timer.type', 'state', 'enabled'],
      steps: [write('service'), load('service'), write('timer'), load('timer'), control('restart'), control('enable')],
    },
    {
      title: 'at another time',
      seen: { ...there, timer: seenFile({}, path.timer), oldTimer: { text: 'hello\n' }, unit, times: fine },
      changes: ['timer.content'],
      steps: [write('timer'), load('timer'), control('restart')],
    },
    {
      title: 'with another command',
      seen: { ...there, service: seenFile({}, path.service), oldService: { text: `${ownMark}\n` }, unit },
      changes: ['service.content'],
      steps: [write('service'), load('service')],
    },
    {
      title: "and its service is somebody else's",
      seen: {
        ...gone,
        service: seenFile({}, path.service),
        oldService: { text: '[Service]\n' },
        unit: noService,
        times: fine,
      },
      ...nothing,
      blocked: 'was not made by systemd.timer',
    },
    {
      title: 'stopped and disabled',
      seen: { ...there, unit: { ...unit, activity: 'stopped', atBoot: 'disabled' } },
      changes: ['state', 'enabled'],
      steps: [control('restart'), control('enable')],
    },
    {
      title: 'of a service that another state keeps',
      args: { command: undefined },
      seen: { ...gone, service: seenFile({}, path.service), unit: noService, times: fine },
      changes: ['timer.type', 'state', 'enabled'],
      steps: [write('timer'), load('timer'), control('restart'), control('enable')],
    },
    {
      title: 'at a time that systemd does not understand',
      args: { on_calendar: 'someday' },
      seen: { ...gone, unit: noService, times: { exit: 1, stdout: '', stderr: "Failed to parse 'someday'\nmore" } },
      ...nothing,
      blocked: "Failed to parse 'someday'",
    },
    {
      title: 'for a user that does not exist',
      args: { user: 'nobodys' },
      seen: { ...gone, unit: noService, times: fine, user: { id: undefined } },
      ...nothing,
      blocked: 'there is no user "nobodys"',
    },
    {
      title: 'without systemd',
      seen: { ...gone, unit: { init: 'openrc', absent: true }, times: fine },
      ...nothing,
      blocked: 'systemd does not run',
    },
    { title: 'away', args: away, seen: { ...gone, unit: noService }, ...nothing },
    {
      title: 'to be removed, with the service that came with it',
      args: away,
      seen: { ...there, unit, oldService: { text: timedServiceText(given) } },
      changes: ['state', 'enabled', 'timer.type', 'service.type'],
      steps: [
        control('stop'),
        control('disable'),
        `file.remove ${path.timer}`,
        load('timer'),
        `file.remove ${path.service}`,
        load('service'),
      ],
    },
    {
      title: 'to be removed, and the service is not its own',
      args: away,
      seen: {
        ...there,
        unit: { ...unit, activity: 'stopped', atBoot: 'disabled' },
        oldService: { text: '[Service]\n' },
      },
      changes: ['timer.type'],
      steps: [`file.remove ${path.timer}`, load('timer')],
    },
    {
      title: 'to be removed, and a link',
      args: away,
      seen: { ...gone, timer: seenEntry({ type: 'link' }, path.timer), unit: noService },
      ...nothing,
      blocked: 'no regular file',
    },
  ],
  [plugin],
)

const parse = (more: object) => z.strictObject(timer.args).parse({ name: 'backup', ...more })

it.each([
  [{}, 'must be given'],
  [{ command: 'x' }, 'must be given'],
  [{ on_boot: '1min', user: 'root' }, '"user" is for'],
  [{ on_calendar: 'daily', command: ['-x'] }, 'not the name of a program'],
  [{ absent: true, command: 'x' }, 'excludes'],
  [{ on_boot: '1min', command: 'x', user: 'root' }, undefined],
])('with %j: %s', (more, problem) => {
  expect(timer.conflict?.(parse(more))).toEqual(problem === undefined ? undefined : expect.stringContaining(problem))
})

it.each([
  { name: 'a b' },
  { name: 'a.timer' },
  { name: '-a' },
  { name: 'a@' },
  { on_calendar: 'daily\nUser=root' },
  { on_calendar: [] },
  { description: 'a\\' },
])('refuses %j', (more) => expect(z.object(timer.args).safeParse({ ...args, ...more }).success).toBe(false))

it.each([
  [{ on_boot: '1min' }, path.timer],
  [{ on_boot: '1min', command: 'x' }, [path.timer, path.service]],
  [{ absent: true }, path.timer],
])('with %j owns %j', (more, owned) => {
  expect(timer.owns?.(parse(more))).toEqual(owned)
})

it('writes two units', () => {
  const all = {
    ...given,
    on_calendar: ['daily', 'Mon 12:00'],
    on_boot: '5min',
    persistent: true,
    random_delay: '1h',
    user: 'www-data',
    description: '100% kept',
  }
  expect(timerText(all)).toBe(`[Unit]
Description=100%% kept

[Timer]
OnCalendar=daily
OnCalendar=Mon 12:00
OnBootSec=5min
Persistent=yes
RandomizedDelaySec=1h

[Install]
WantedBy=timers.target
`)
  expect(timedServiceText(all)).toBe(`# Made by systemd.timer of Prove.
[Unit]
Description=100%% kept

[Service]
Type=oneshot
User=www-data
ExecStart="/bin/sh" "-c" "backup --all"
`)
})
