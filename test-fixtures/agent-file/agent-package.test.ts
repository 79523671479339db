import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../cli/prove.js'
import { Lab, whyNoLab } from '../hosts/lab.js'
import type { LabHost } from '../hosts/lab-host.js'
import { skipOrFail } from '../shells.js'
import { MadeAgent } from './made-agent.js'

const reason = whyNoLab()
const unit = '/usr/lib/systemd/system/prove-agent.service'
const configuration = '/etc/prove-agent/agent.json'

/** What the agent of the tests is to apply as soon as it has started. */
const withCommand = (command: string): string =>
  JSON.stringify({ states: [{ id: 'command', fn: 'cmd.run', args: { command } }] })

describe('the package of the agent', () => {
  if (reason !== undefined) return it('is installed', (ctx) => skipOrFail(ctx, reason))
  const made = new MadeAgent()
  const packages: string[] = []
  let lab: Lab
  let host: LabHost
  beforeAll(async () => {
    packages.push(made.package('1.0'), made.package('1.1'))
    lab = await Lab.open()
    const [first] = await lab.boot(1)
    host = first ?? expect.fail('the lab has no host')
  })
  afterAll(async () => {
    await lab.close()
    made.remove()
  })
  beforeEach(async () => {
    await host.reset()
    packages.forEach((path, i) => copyFileSync(path, onHost(`/root/${i}.deb`)))
  })

  const onHost = (path: string): string => join(host.root, path)
  const text = async (script: string): Promise<string> => (await host.run(script)).trim()
  const property = (name: string): Promise<string> => text(`systemctl show -P ${name} prove-agent`)
  const configure = (json = '{}'): Promise<string> =>
    host.run(`cat >${configuration}; echo secret >/etc/prove-agent/key`, json)
  const installConfigured = async (json?: string): Promise<void> => {
    await host.run('dpkg -i /root/0.deb')
    await configure(json)
    await host.run('systemctl -q enable --now prove-agent')
  }
  const untilThere = (path: string): Promise<void> => until(path, () => existsSync(onHost(path)))

  it('is the same, made of the same', () => {
    expect(readFileSync(made.package('1.0', 'again')).equals(readFileSync(packages[0] ?? ''))).toBe(true)
  })

  it('brings a unit that systemd finds nothing to say about, and starts nothing', async () => {
    await host.run('dpkg -i /root/0.deb')
    expect(await text(`systemd-analyze verify ${unit} 2>&1`)).toBe('')
    expect(await property('LoadState')).toBe('loaded')
    expect(await property('ActiveState')).toBe('inactive')
    expect(await property('UnitFileState')).toBe('disabled')
    expect(await text('stat -c "%a %U %n" / /etc/prove-agent /usr/bin/prove-agent')).toBe(
      '755 root /\n700 root /etc/prove-agent\n755 root /usr/bin/prove-agent',
    )
    expect(await text('dpkg --verify prove-agent')).toBe('')
  })

  it('does not run without a configuration', async () => {
    await host.run('dpkg -i /root/0.deb; systemctl start prove-agent')
    expect(await property('ActiveState')).toBe('inactive')
    expect(await property('ConditionResult')).toBe('no')
  })

  it('runs where steps find what they would find without it', async () => {
    await installConfigured(withCommand('mount -t tmpfs none /mnt; touch /mnt/mounted; echo "$HOME" >/root/home'))
    expect(await property('ActiveState')).toBe('active')
    await untilThere('/root/home')
    expect(await text('cat /root/home; ls /mnt; stat -c %a /var/lib/prove-agent')).toBe('/root\nmounted\n700')
    const pid = await property('MainPID')
    expect(await text(`readlink /proc/${pid}/ns/mnt`)).toBe(await text('readlink /proc/1/ns/mnt'))
    expect(await text(`grep -E '^(NoNewPrivs|Seccomp):' /proc/${pid}/status`)).toBe('NoNewPrivs:\t0\nSeccomp:\t2')
  })

  it('is upgraded with its configuration, and restarted', async () => {
    await installConfigured('{"states":[]}')
    const before = await property('MainPID')
    await host.run('dpkg -i /root/1.deb')
    expect(await text('dpkg-query -W prove-agent')).toBe('prove-agent\t1.1')
    expect(await text(`cat ${configuration} /etc/prove-agent/key`)).toBe('{"states":[]}secret')
    expect(await property('ActiveState')).toBe('active')
    expect(await property('MainPID')).not.toBe(before)
    expect(await text(`readlink /proc/$(systemctl show -P MainPID prove-agent)/exe`)).toBe('/usr/bin/prove-agent')
  })

  it('stays stopped and disabled over an upgrade', async () => {
    await installConfigured()
    await host.run('systemctl -q disable --now prove-agent; dpkg -i /root/1.deb')
    expect(await property('ActiveState')).toBe('inactive')
    expect(await property('UnitFileState')).toBe('disabled')
  })

  it('is upgraded by a step of its own', async () => {
    const once = '[ -e /root/began ] || { touch /root/began; dpkg -i /root/1.deb && touch /root/upgraded; }'
    await installConfigured(withCommand(once))
    await untilThere('/root/upgraded')
    expect(await text("dpkg-query -W -f '${Status} ${Version}' prove-agent")).toBe('install ok installed 1.1')
    const restarted = async (): Promise<void> => {
      const script =
        'until systemctl -q is-active prove-agent && readlink /proc/$(systemctl show -P MainPID prove-agent)/exe | grep -qv deleted; do sleep 0.05; done'
      await text(`timeout 30 sh -c '${script}'`)
    }
    await restarted()
    expect(await property('ActiveState')).toBe('active')
  })

  it('lets a step end that runs while it is killed', async () => {
    const once =
      '[ ! -e /root/began ] || exit 0; touch /root/began; until [ -e /root/go ]; do sleep 0.05; done; touch /root/ended'
    await installConfigured(withCommand(once))
    await untilThere('/root/began')
    await host.run('systemctl kill --kill-whom=main --signal=KILL prove-agent; touch /root/go')
    await untilThere('/root/ended')
  })

  it('is stopped when it is removed, and keeps keys until it is purged', async () => {
    await installConfigured()
    await host.run('mkdir -p /var/lib/prove; touch /var/lib/prove/ledger')
    const pid = await property('MainPID')
    await host.run('dpkg -r prove-agent')
    expect(existsSync(onHost('/usr/bin/prove-agent'))).toBe(false)
    expect(await text(`[ -e /proc/${pid} ] || echo gone`)).toBe('gone')
    expect(await text('cat /etc/prove-agent/key')).toBe('secret')
    await host.run('dpkg -P prove-agent')
    expect(await text('ls -d /etc/prove-agent /var/lib/prove* 2>/dev/null || :')).toBe('/var/lib/prove')
    expect(await property('LoadState')).toBe('not-found')
    expect(await text('find /etc/systemd -name "prove*"')).toBe('')
  })

  it('starts again where it is installed over the configuration that a removal left', async () => {
    await installConfigured()
    await host.run('dpkg -r prove-agent; dpkg -i /root/0.deb')
    expect(await property('ActiveState')).toBe('active')
    expect(await property('UnitFileState')).toBe('enabled')
  })
})
