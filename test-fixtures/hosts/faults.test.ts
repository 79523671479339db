import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventsOf, Place, type Running, summaryOf, targetOf, until } from '../cli/prove.js'
import { skipOrFail } from '../shells.js'
import { Lab, whyNoLab } from './lab.js'
import type { LabHost } from './lab-host.js'

const reason = whyNoLab()

/** How a run that met a fault is to end. */
interface Expected {
  readonly outcome: string
  readonly exit: number
  /** What the error says, and what it says to try; none where the run is to go on. */
  readonly says?: RegExp
  readonly hint?: RegExp
}

const unreachable = { outcome: 'unreachable', exit: 3 }
const lost = { outcome: 'lost', exit: 2 }
const failed = { outcome: 'failed', exit: 2 }
const changed = { outcome: 'changed', exit: 0 }

/** Seconds for a login: plenty, since a loaded machine is slow; and few where a test waits for their end. */
const connectTimeout = 60
const impatient = { connectTimeout: 3 }

describe.each(['ssh', 'openssh'])('a host behind %s', (executor) => {
  if (reason !== undefined) return it('faults', (ctx) => skipOrFail(ctx, reason))
  let lab: Lab
  let place: Place
  const rows: string[] = []

  beforeAll(async () => {
    lab = await Lab.open()
    await lab.boot(2)
  })
  afterAll(async () => {
    if (process.env['PROVE_FAULTS'] === 'print') console.log(rows.join('\n'))
    await lab.close()
  })
  beforeEach(() => {
    place = new Place()
  })
  afterEach(async () => {
    place.remove()
    await lab.link({})
    await victim().restore()
    await victim().reset()
  })

  const hostAt = (index: number): LabHost => lab.hosts[index] ?? expect.fail('a host is missing')
  const victim = (): LabHost => hostAt(0)
  const onVictim = (path: string): string => join(victim().root, path)

  interface Given {
    readonly options?: object
    readonly host?: string
    readonly states?: Readonly<Record<string, unknown>>
    readonly elevate?: string
  }

  const usual = {
    d: { 'file.directory': '/srv/case' },
    f: { 'file.managed': { path: '/srv/case/f', content: 'hello\n' }, requires: 'd' },
    c: { 'cmd.run': { command: 'touch /srv/case/c', creates: '/srv/case/c' }, requires: 'd' },
  }

  /** Two hosts with the same states: the first is the one that something happens to. */
  const configure = ({ options = {}, host = victim().address, states = usual, elevate }: Given = {}): void => {
    const common = { identity: lab.key, knownHosts: lab.knownHosts, config: '/dev/null', user: 'root', connectTimeout }
    const other = { host: hostAt(1).address, executor, options: common }
    const h1 = { host, executor, options: { ...common, ...options }, ...(elevate === undefined ? {} : { elevate }) }
    place.write('prove.config.json', JSON.stringify({ targets: { h1, h2: other } }))
    place.states(states)
  }

  const apply = (): Running => place.start(['apply', 'site.yml', '-o', 'json'])

  /** Runs to its end, and compares. */
  const ends = async (running: Running, expected: Expected): Promise<void> => {
    const started = performance.now()
    const ended = await running.ended
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const { outcome } = targetOf(ended, 'h1')
    const errors = eventsOf(ended).flatMap((event) => {
      const { target, error } = event as {
        readonly target?: string
        readonly error?: { message: string; hint?: string }
      }
      return target === 'h1' && error !== undefined ? [error] : []
    })
    const told = errors.map(({ message, hint }) => `${message} | ${hint ?? ''}`)
    rows.push(
      [executor, expect.getState().currentTestName?.split(' > ').at(-1), outcome, `${seconds} s`, ...told].join(' | '),
    )
    expect({ outcome, exit: ended.exit, stderr: ended.stderr }).toEqual({
      outcome: expected.outcome,
      exit: expected.exit,
      stderr: '',
    })
    if (expected.says !== undefined) expect(told.length > 0 ? told.join('\n') : ended.stdout).toMatch(expected.says)
    if (expected.hint !== undefined) expect(errors.map(({ hint }) => hint).join('\n')).toMatch(expected.hint)
    expect(['ok', 'changed']).toContain(summaryOf(ended).targets['h2']?.outcome)
  }

  /** The next run finds nothing in its way. */
  const converges = async (): Promise<void> => {
    configure()
    await ends(apply(), changed)
    expect(readFileSync(onVictim('srv/case/f'), 'utf8')).toBe('hello\n')
    expect(readdirSync(onVictim('srv/case')).toSorted()).toEqual(['c', 'f'])
  }

  /** A run in a step of the first host that does not end by itself. */
  const inStep = async (): Promise<Running> => {
    configure({ states: { w: { 'cmd.run': 'test "$(hostname)" = h2 || { touch /srv/begun; sleep 600; }' } } })
    const running = apply()
    await until('the step', () => existsSync(onVictim('srv/begun')))
    return running
  }

  /** A file that takes its time to be uploaded. */
  const large = 64 << 20
  const configureLarge = (options: object = {}): void => {
    place.write('files/large', Buffer.alloc(large, 7))
    configure({ options, states: { f: { 'file.managed': { path: '/srv/large', source: 'prove://large' } } } })
  }
  const inUpload = async (): Promise<Running> => {
    const before = victim().received
    const running = apply()
    await until('the upload', () => victim().received - before > 4 << 20)
    return running
  }

  describe('that is not reached', () => {
    it('a port where nobody listens', async () => {
      configure({ options: { port: 2222 } })
      await ends(apply(), { ...unreachable, says: /refused/i, hint: /port/ })
    })

    it('no route', async () => {
      configure({ host: '10.203.255.1' })
      await ends(apply(), { ...unreachable, says: /no route/i, hint: /address/ })
    })

    it('an address that nobody has', async () => {
      configure({ host: lab.controller.replace(/\d+$/, '200'), options: impatient })
      await ends(apply(), { ...unreachable, says: /timed out|in time/i, hint: /address/ })
    })

    it('an address that another host has by now', async () => {
      const [type = '', key = ''] = hostAt(1).publicKey.split(' ')
      const known = place.write(
        'known_hosts',
        `${victim().address} ${type} ${key}\n${hostAt(1).address} ${type} ${key}\n`,
      )
      configure({ options: { knownHosts: known } })
      await ends(apply(), { ...unreachable, says: /verification failed|is known by/i, hint: /ssh-keygen -R/ })
    })

    it('stopped before the run', async () => {
      configure()
      await victim().stop()
      await ends(apply(), { ...unreachable, says: /refused/i })
    })

    it('silent', async () => {
      configure({ options: impatient })
      await victim().cut()
      await ends(apply(), { ...unreachable, says: /timed out|in time/i, hint: /firewall/ })
    })

    it('sshd with as many logins as it takes', async () => {
      configure()
      await victim().run('echo "MaxStartups 1:100:1" >>/etc/ssh/sshd_config.d/lab.conf; systemctl restart ssh')
      const holding: Socket = connect(22, victim().address)
      await new Promise((resolve) => holding.once('data', resolve))
      await ends(apply(), { ...unreachable, hint: /MaxStartups/ })
      holding.destroy()
    })

    it('no shell for the user', async () => {
      configure({ options: { user: 'doer' } })
      await victim().run('usermod -s /usr/sbin/nologin doer')
      await ends(apply(), { ...unreachable, says: /not available/ })
    })
  })

  describe('that is lost', () => {
    it('stopped in a step', async () => {
      const running = await inStep()
      await victim().stop()
      await ends(running, lost)
      await victim().start()
      await converges()
    })

    it('its shell killed in a step', async () => {
      const running = await inStep()
      await victim().run('pkill -KILL -f "^sshd: root@notty"')
      await ends(running, lost)
    })

    it('cut in silence in a step, and never restored', async () => {
      const running = await inStep()
      await victim().cut()
      await ends(running, { ...lost, says: /does not answer|not responding|timed out/i })
    })

    it('cut in silence in an upload, and never restored', async () => {
      // As usual it takes as long as in a step.
      const config = place.write('ssh_config', 'ServerAliveInterval 1\n')
      const options = executor === 'ssh' ? { config } : { settings: { ServerAliveInterval: '1' } }
      configureLarge(options)
      const running = await inUpload()
      await victim().cut()
      await ends(running, lost)
      expect(existsSync(onVictim('srv/large'))).toBe(false)
    })
  })

  describe('whose step fails', () => {
    it('killed', async () => {
      const running = await inStep()
      await victim().run('pkill -KILL -f "^sleep 600"')
      await ends(running, failed)
    })

    it('its disk is full', async () => {
      configure({ states: { f: { 'file.managed': { path: '/srv/small/f', content: 'x'.repeat(2 << 20) } } } })
      for (const host of lab.hosts) await host.run('mkdir -p /srv/small')
      await victim().run('mount -t tmpfs -o size=1M none /srv/small')
      await ends(apply(), { ...failed, says: /No space left on device/ })
      expect(await victim().run('ls -A /srv/small')).toBe('')
    })

    it('one place for scratch is full', async () => {
      configure()
      await victim().run(
        'mount -t tmpfs -o size=64k none /run; mkdir /run/sshd; head -c 1M /dev/zero >/run/full 2>/dev/null || :',
      )
      await ends(apply(), changed)
    })

    it('no place for scratch is left', async () => {
      configure()
      await victim().run(
        'for at in /run /dev/shm /tmp; do mount -t tmpfs -o size=64k none $at; mkdir /run/sshd 2>/dev/null; head -c 1M /dev/zero >$at/full || :; done 2>/dev/null',
      )
      await ends(apply(), { ...unreachable, says: /full/ })
    })

    it('its filesystem is read-only', async () => {
      configure()
      await victim().run('mount -t tmpfs none /srv; mount -o remount,ro /srv')
      await ends(apply(), { ...failed, says: /read-only/ })
    })
  })

  describe('that makes no difference', () => {
    it('cut in an upload, and restored', async () => {
      configureLarge()
      const running = await inUpload()
      await victim().cut()
      await new Promise((resume) => setTimeout(resume, 2000))
      await victim().restore()
      await ends(running, changed)
      expect(statSync(onVictim('srv/large')).size).toBe(large)
    })

    it('a file larger than /run is', async () => {
      configureLarge()
      await victim().run('mount -t tmpfs -o size=16M none /run; mkdir /run/sshd')
      await ends(apply(), changed)
      expect(statSync(onVictim('srv/large')).size).toBe(large)
      expect(readdirSync(onVictim('var/tmp')).filter((name) => name.startsWith('prove.'))).toEqual([])
    })

    it('/tmp is missing', async () => {
      configure()
      await victim().run('umount -l /tmp 2>/dev/null; rmdir /tmp || mv /tmp /tmp.away')
      await ends(apply(), changed)
    })

    it('nothing may be executed in any folder for scratch', async () => {
      configure()
      await victim().run('for at in /run /dev/shm /tmp; do mount -t tmpfs -o noexec none $at; done; mkdir /run/sshd')
      await ends(apply(), changed)
    })

    it.each(['noisy', 'slow', 'fisher', 'csher'])('the login of %s', async (user) => {
      configure({ options: { user }, elevate: 'sudo' })
      await ends(apply(), changed)
    })

    it('nothing but busybox', async () => {
      configure({
        options: { user: 'boxed' },
        states: {
          d: { 'file.directory': '/tmp/case' },
          f: { 'file.managed': { path: '/tmp/case/f', content: 'hello\n' }, requires: 'd' },
          c: { 'cmd.run': { command: 'touch /tmp/case/c', creates: '/tmp/case/c' }, requires: 'd' },
        },
      })
      await ends(apply(), changed)
      expect(readFileSync(onVictim('srv/busybox/tmp/case/f'), 'utf8')).toBe('hello\n')
    })

    it('tools that speak another language', async () => {
      configure()
      await victim().run('echo LANG=de_DE.UTF-8 >/etc/default/locale')
      await ends(apply(), changed)
      await ends(apply(), { outcome: 'ok', exit: 0 })
    })

    it.each(['-1d', '+1d'])('a clock that is off by a day: %s', async (by) => {
      configure()
      const preload = 'LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'
      await victim().run(
        `echo 'SetEnv ${preload} FAKETIME=${by}' >>/etc/ssh/sshd_config.d/lab.conf; systemctl restart ssh`,
      )
      await ends(apply(), changed)
      await ends(apply(), { outcome: 'ok', exit: 0 })
    })

    it('5 % of what is sent is lost', async () => {
      configure()
      await lab.link({ roundTrip: 10, loss: 5 })
      await ends(apply(), changed)
    })
  })
})
