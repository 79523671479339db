import { type Executor, z } from '@prove/core'
import { opensshExecutor } from '@prove/executor-openssh'
import { sshExecutor } from '@prove/executor-ssh'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Elevation } from '../../core/src/wire/elevation.js'
import { openShell, type OpenStream } from '../../core/src/wire/open-shell.js'
import { skipOrFail } from '../shells.js'
import { Lab, whyNoLab } from './lab.js'

const reason = whyNoLab()
const secret = 'prove-lab'

describe.each([sshExecutor, opensshExecutor] as readonly Executor[])('over $name, on a host', (executor) => {
  if (reason !== undefined) return it('elevation', (ctx) => skipOrFail(ctx, reason))
  let lab: Lab
  beforeAll(async () => {
    lab = await Lab.open()
    await lab.boot(1)
  })
  afterAll(() => lab.close())

  const as = (user: string): OpenStream => {
    const { key, knownHosts, hosts } = lab
    const options = z.strictObject(executor.options).parse({ user, identity: key, knownHosts, config: '/dev/null' })
    return (command) => executor.open(options, command, { target: 'h1', host: hosts[0]?.address ?? '' })
  }

  /** A password, and how often it was asked for. */
  const password = (word: string) => {
    let asked = 0
    return { give: () => Promise.resolve(((asked += 1), word)), asked: () => asked }
  }

  const becomes = async (user: string, elevation: Partial<Elevation> & Pick<Elevation, 'method'>): Promise<string> => {
    const { channel, closed } = await openShell(as(user), { elevation: { user: 'root', ...elevation } })
    const { stdout } = await channel.run('id -un')
    channel.end()
    await closed
    return String(stdout).trim()
  }

  const isRefused = async (user: string, elevation: Partial<Elevation> & Pick<Elevation, 'method'>) => {
    const error: unknown = await becomes(user, elevation).then(
      (name) => new Error(`it became ${name}`),
      (refusal: unknown) => refusal,
    )
    expect(error).toMatchObject({ code: 'PRV_TARGET_ELEVATION', hint: expect.any(String) })
    expect((error as Error).message).not.toContain(secret)
    return error as Error & { hint: string }
  }

  it.each(['passwordless', 'pty', 'fisher', 'csher', 'noisy'])('%s becomes root without a password', async (user) => {
    const { give, asked } = password(secret)
    expect(await becomes(user, { method: 'sudo', password: give })).toBe('root')
    expect(asked()).toBe(0)
  })

  it('becomes another user than root', async () => {
    expect(await becomes('passwordless', { method: 'sudo', user: 'doer' })).toBe('doer')
  })

  it('asked is asked once', async () => {
    const { give, asked } = password(secret)
    expect(await becomes('asked', { method: 'sudo', password: give })).toBe('root')
    expect(asked()).toBe(1)
  })

  it('cached is not asked while its ticket holds', async () => {
    await lab.hosts[0]?.run(`su cached -c 'echo ${secret} | sudo -S -v 2>/dev/null'`)
    const { give, asked } = password('wrong')
    expect(await becomes('cached', { method: 'sudo', password: give })).toBe('root')
    expect(asked()).toBe(0)
  })

  it('a wrong password is said to be wrong', async () => {
    const { message } = await isRefused('asked', { method: 'sudo', password: password('wrong').give })
    expect(message).toBe('sudo did not accept the password')
  })

  it('a rule that wants a terminal is named, with what to write in its place', async () => {
    const { message, hint } = await isRefused('terminal', { method: 'sudo', password: password(secret).give })
    expect(message).toContain('tty')
    expect(hint).toContain('requiretty')
  })

  it('no rule is said to be missing', async () => {
    const { message } = await isRefused('nobodys', { method: 'sudo', password: password(secret).give })
    expect(message).toContain('sudoers')
  })

  it('a host without sudo is told as that', async () => {
    await lab.hosts[0]?.run('mv /usr/bin/sudo /usr/bin/sudo.away')
    try {
      const { message, hint } = await isRefused('passwordless', { method: 'sudo' })
      expect(message).toMatch(/not found|not installed/)
      expect(hint).toMatch(/doas|su\b/)
    } finally {
      await lab.hosts[0]?.run('mv /usr/bin/sudo.away /usr/bin/sudo')
    }
  })

  it('doer becomes root by doas', async () => {
    expect(await becomes('doer', { method: 'doas' })).toBe('root')
  })

  it('doas that wants a password is told as that', async () => {
    const { message } = await isRefused('asked', { method: 'doas' })
    expect(message).toContain('doas could not become "root"')
  })

  it('nobodys becomes root by su, with the password of root', async () => {
    const { give, asked } = password(secret)
    expect(await becomes('nobodys', { method: 'su', password: give })).toBe('root')
    expect(asked()).toBe(1)
  })
})
