import { describe, expect, it } from 'vitest'
import { recordedNames, recordedSystemd } from '../testing/recorded-systemd.js'
import { systemd } from './systemd.js'

const parsed = new Map(
  systemd
    .parse(recordedSystemd, recordedNames)
    .map((answer, i) => [recordedNames[i], answer.ok ? answer.value : answer.detail]),
)

describe('what systemd told', () => {
  it.each([
    [
      'plain',
      { id: 'plain.service', activity: 'running', atBoot: 'enabled', canReload: false, stale: true, outdated: true },
    ],
    ['missing', { init: 'systemd', absent: true }],
    ['gone', { atBoot: 'masked', activity: 'stopped' }],
    ['inst@a', { id: 'inst@a.service', activity: 'running', atBoot: 'disabled' }],
    ['ssh', { id: 'ssh.service', activity: 'running', canReload: true, stale: false, outdated: false }],
    // An alias, by the name of its unit.
    ['sshd', { id: 'ssh.service', activity: 'running', atBoot: 'enabled' }],
    ['crash', { activity: 'failed', atBoot: 'fixed', atBootWord: 'static' }],
    // It died, and is to be started again.
    ['crashloop', { activity: 'starting' }],
    ['trans', { activity: 'running', atBoot: 'fixed', atBootWord: 'transient' }],
    ['once', { activity: 'stopped', ends: true, outdated: false }],
    ['broken', { broken: 'Unit broken.service has a bad unit file setting.' }],
    // A script of init.d, which no runlevel starts.
    ['sysv', { activity: 'running', atBoot: 'disabled', atBootWord: 'generated', ends: false }],
    ['dbus.socket', { id: 'dbus.socket', activity: 'running', atBoot: 'fixed' }],
  ])('of %s', (name, fields) => expect(parsed.get(name)).toEqual(expect.objectContaining(fields)))

  it('of a script that is started at boot', () => {
    const [sysv] = systemd.parse(blockOf('sysv') + '---\n---\nboot /etc/init.d/sysv\n', ['sysv'])
    expect(sysv).toMatchObject({ value: { atBoot: 'enabled' } })
  })

  it.each([
    ['to the second, started later', 'Thu 2026-11-26 05:51:17 UTC', false],
    ['to the second, in the same one', 'Thu 2026-11-26 05:51:16 UTC', true],
    ['in another zone, which is not asked for', 'Thu 2026-11-26 05:51:15 CET', false],
    ['never', '', false],
  ])('of a unit that was changed since: times %s', (_title, started, outdated) => {
    const output = `Id=a.service\nNames=a.service\nLoadState=loaded\nFragmentPath=/etc/a\nSourcePath=\nExecMainStartTimestamp=${started}\n---\n---\nchanged 1795672276.5 /etc/a\n`
    expect(systemd.parse(output, ['a'])).toMatchObject([{ value: { outdated } }])
  })
})

const blockOf = (name: string): string =>
  `${recordedSystemd.split('\n\n').find((block) => block.includes(`Id=${name}.service`)) ?? ''}\n`

describe('an output that is not whole', () => {
  it('fails all of it without its end', () => {
    const half = systemd.parse(recordedSystemd.slice(0, 900), recordedNames)
    expect(half.every(({ ok }) => !ok)).toBe(true)
    expect(half).toHaveLength(recordedNames.length)
  })
  it('says why there is no block', () => {
    const words = 'Failed to connect to bus: No such file or directory'
    expect(systemd.parse(`exit 1\n---\n${words}\n---\n`, ['a', 'b'])).toEqual([
      { ok: false, problem: 'failed', detail: words },
      { ok: false, problem: 'failed', detail: words },
    ])
  })
  it('answers as far as it goes', () => {
    const broken = `exit 1\n${blockOf('ssh')}---\nFailed to get properties: no unit\n---\n`
    expect(systemd.parse(broken, ['ssh', 'plain'])).toMatchObject([
      { ok: true },
      { ok: false, detail: expect.stringContaining('no unit') },
    ])
  })
  it('never takes the block of one for another', () => {
    expect(systemd.parse(`${blockOf('ssh')}---\n---\n`, ['plain'])).toMatchObject([{ ok: false }])
  })
})

describe('a file that systemd has not read', () => {
  const block = (path: string, dropIns = ''): string =>
    `Id=a.service\nNames=a.service\nLoadState=loaded\nFragmentPath=${path}\nDropInPaths=${dropIns}\nNeedDaemonReload=no\n`
  const own = '/etc/systemd/system/a.service'

  it.each([
    ['the unit that it has read', block(own), own, false],
    ['a unit in the place of another', block('/lib/systemd/system/a.service'), own, true],
    ['a unit that waits behind one of this boot', block('/run/systemd/transient/a.service'), own, false],
    ['a drop-in that it has read', block(own, `${own}.d/b.conf ${own}.d/c.conf`), `${own}.d/c.conf`, false],
    ['a drop-in that it has not read', block(own, `${own}.d/b.conf`), `${own}.d/c.conf`, true],
    ['a drop-in of another unit', block(own), '/etc/systemd/system/b.service.d/c.conf', false],
  ])('%s', (_title, shown, file, stale) => {
    expect(systemd.parse(`${shown}---\n---\nfile ${file}\n`, ['a'])).toMatchObject([{ value: { stale } }])
  })
})
