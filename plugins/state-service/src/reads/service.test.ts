import type { Facts } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { service, serviceKind } from './service.js'

const facts = {} as Facts
const queries = ['orc', 'other'].map((name) => ({ name }))
const parse = (output: string) => serviceKind.parse(Buffer.from(output), queries, facts)

describe('the init system that answers', () => {
  it('is OpenRC', () => {
    expect(parse('openrc\norc 0 yes yes\nother absent no no\n')).toEqual([
      {
        ok: true,
        value: expect.objectContaining({
          init: 'openrc',
          id: 'orc',
          activity: 'running',
          atBoot: 'enabled',
          canReload: true,
        }),
      },
      { ok: true, value: { init: 'openrc', absent: true } },
    ])
  })
  it.each([
    ['openrc', '0', 'running'],
    ['openrc', '3', 'stopped'],
    ['openrc', '4', 'stopping'],
    ['openrc', '8', 'starting'],
    ['openrc', '16', 'stopped'],
    ['openrc', '32', 'failed'],
    ['openrc', '1', 'failed'],
    ['sysvinit', '0', 'running'],
    ['sysvinit', '1', 'failed'],
    ['sysvinit', '3', 'stopped'],
  ])('is %s, with status %s: %s', (init, status, activity) => {
    expect(parse(`${init}\norc ${status} no no\nother absent no no\n`)[0]).toMatchObject({ value: { init, activity } })
  })
  it('is a script that does not tell', () => {
    expect(parse('sysvinit\norc 4 no no\nother absent no no\n')[0]).toMatchObject({
      value: { broken: expect.stringContaining('status gives 4') },
    })
  })
  it('is none', () => {
    expect(parse('none\n')).toMatchObject([
      { ok: false, detail: expect.stringContaining('no init system') },
      { ok: false },
    ])
  })
  it.each(['', 'systemd', 'syst', 'openrc\norc 0 ye', 'openrc\norc 0\n', 'sysvinit\n', 'upstart\n', '\0\xFF\n'])(
    'said %j, which is broken off',
    (output) => {
      expect(parse(output).every(({ ok }) => !ok)).toBe(true)
    },
  )
})

it('is asked once for a service and its unit', () => {
  expect(service('nginx').key).toBe('service:nginx')
})

it('asks systemd of all services at once', () => {
  const script = serviceKind.script([...queries, { name: 'app.timer' }], facts)
  expect(script.match(/systemctl/g)).toHaveLength(1)
  expect(script).toContain('orc.service other.service app.timer')
})
