import { stateTable } from '@prove/core/testing'
import { describe, expect, it } from 'vitest'
import type { Change } from '@prove/core'
import plugin from './index.js'
import { running } from './running.js'
import { noService, seenService } from './testing/seen-service.js'

const seen = (fields: Parameters<typeof seenService>[0] = {}) => ({ now: seenService(fields) })
const nothing = { changes: [], steps: [] }
const step = (action: string, more = {}) => ({ kind: 'service.control', action, id: 'app.service', ...more })
const load = { kind: 'systemd.load', unit: 'app.service' }

stateTable(
  running,
  { name: 'app' },
  [
    { title: 'running', seen: seen(), ...nothing },
    {
      title: 'stopped',
      seen: seen({ activity: 'stopped' }),
      changes: ['state'],
      steps: [step('start', { within: 1 })],
    },
    { title: 'failed', seen: seen({ activity: 'failed' }), changes: ['state'], steps: [step('start')] },
    {
      title: 'about to be started again',
      seen: seen({ activity: 'starting' }),
      changes: ['state'],
      steps: [step('start')],
    },
    { title: 'about to stop', seen: seen({ activity: 'stopping' }), changes: ['state'], steps: [step('start')] },
    {
      title: 'stopped, with an older unit in mind',
      seen: seen({ activity: 'stopped', stale: true }),
      changes: ['state'],
      steps: [load, step('start')],
    },
    { title: 'running, with an older unit in mind', seen: seen({ stale: true }), ...nothing },
    { title: 'enabled as well', args: { enable: true }, seen: seen({ atBoot: 'enabled' }), ...nothing },
    { title: 'not enabled', args: { enable: true }, seen: seen(), changes: ['enabled'], steps: [step('enable')] },
    {
      title: 'enabled and should not be',
      args: { enable: false },
      seen: seen({ atBoot: 'enabled' }),
      changes: ['enabled'],
      steps: [step('disable')],
    },
    {
      title: 'neither running nor enabled',
      args: { enable: true },
      seen: seen({ activity: 'stopped' }),
      changes: ['state', 'enabled'],
      steps: [step('start'), step('enable')],
    },
    {
      title: 'static, which is not enabled',
      args: { enable: false },
      seen: seen({ atBoot: 'fixed', atBootWord: 'static' }),
      ...nothing,
    },
    {
      title: 'static, and to be enabled',
      args: { enable: true },
      seen: seen({ atBoot: 'fixed', atBootWord: 'static' }),
      ...nothing,
      blocked: 'no [Install] section',
    },
    {
      title: 'generated, and to be enabled',
      args: { enable: true },
      seen: seen({ atBoot: 'fixed', atBootWord: 'generated' }),
      ...nothing,
      blocked: 'its unit is generated',
    },
    {
      title: 'indirect, and to be enabled',
      args: { enable: true },
      seen: seen({ atBootWord: 'indirect' }),
      changes: ['enabled'],
      steps: [step('enable')],
    },
    {
      title: 'in a state that nobody knows, and to be enabled',
      args: { enable: true },
      seen: seen({ atBoot: 'unknown', atBootWord: 'bad' }),
      ...nothing,
      blocked: 'its unit file is "bad"',
    },
    { title: 'absent', seen: { now: noService }, ...nothing, blocked: 'there is no service "app"' },
    { title: 'masked', seen: seen({ atBoot: 'masked', activity: 'stopped' }), ...nothing, blocked: 'service.unmasked' },
    { title: 'with a broken unit', seen: seen({ broken: 'no ExecStart' }), ...nothing, blocked: 'no ExecStart' },
    { title: 'one that ends', seen: seen({ ends: true, activity: 'stopped' }), ...nothing, blocked: 'never running' },
    { title: 'one that ends, at work', seen: seen({ ends: true }), ...nothing },
    {
      title: 'one that cannot be reloaded, and must be',
      args: { on_notify: 'reload' },
      seen: seen({ canReload: false }),
      ...nothing,
      blocked: 'on_notify: restart',
    },
    {
      title: 'with time to come up',
      args: { within: 30 },
      seen: seen({ activity: 'stopped' }),
      changes: ['state'],
      steps: [step('start', { within: 30 })],
    },
    {
      title: 'of OpenRC',
      seen: seen({ init: 'openrc', id: 'app', activity: 'stopped' }),
      changes: ['state'],
      steps: [{ kind: 'service.control', init: 'openrc', action: 'start', id: 'app' }],
    },
  ],
  [plugin],
)

describe('a notified service', () => {
  const started: Change = { field: 'state', from: 'stopped', to: 'running' }
  const enabled: Change = { field: 'enabled', from: false, to: true }

  it.each([
    ['is reloaded where it can be', {}, {}, [], [step('reload')]],
    ['is restarted where it cannot', {}, { canReload: false }, [], [step('restart')]],
    ['is restarted where that is said', { on_notify: 'restart' }, {}, [], [step('restart')]],
    [
      'is reloaded where that is said, whatever became of its unit',
      { on_notify: 'reload' },
      { outdated: true },
      [],
      [step('reload')],
    ],
    [
      'is restarted with the new unit where systemd has not read it yet',
      {},
      { stale: true },
      [],
      [load, step('restart')],
    ],
    ['is restarted where its unit was changed since it was started', {}, { outdated: true }, [], [step('restart')]],
    ['is left alone when it was just started', {}, { activity: 'stopped' }, [started], []],
    ['is reloaded when it was just enabled', {}, {}, [enabled], [step('reload')]],
    ['is left alone while it stops', {}, { activity: 'stopping' }, [], []],
  ] as const)('%s', (_title, given, fields, changes, steps) => {
    const args = { on_notify: 'reload_or_restart', within: 1, name: 'app', ...given }
    const found = running.onNotify?.(args, { now: seenService(fields) }, changes)
    expect(found).toEqual(steps.map((each) => expect.objectContaining(each)))
  })
})
