import { execFileSync } from 'node:child_process'
import { quoteAll } from '@prove/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Place, program, targetOf } from '../cli/prove.js'
import { skipOrFail } from '../shells.js'
import { Lab, whyNoLab } from './lab.js'
import type { LabHost } from './lab-host.js'

const reason = whyNoLab()
const secret = 'prove-lab'

describe('what is asked on the way to a host', () => {
  if (reason !== undefined) return it('passwords', (ctx) => skipOrFail(ctx, reason))
  let lab: Lab
  let place: Place
  beforeAll(async () => {
    lab = await Lab.open()
    await lab.boot(2)
  })
  afterAll(() => lab.close())
  beforeEach(() => {
    place = new Place()
  })
  afterEach(() => place.remove())

  const configure = (options: object): void => {
    const targets = lab.hosts.map(({ name, address }) => [
      name,
      { host: address, executor: 'ssh', options: { config: '/dev/null', knownHosts: lab.knownHosts, ...options } },
    ])
    place.write('prove.config.json', JSON.stringify({ targets: Object.fromEntries(targets) as object }))
  }
  const outcomes = (ended: Parameters<typeof targetOf>[0]): readonly string[] =>
    lab.hosts.map(({ name }) => targetOf(ended, name).outcome)

  it('a password to log in with, once for all of them', async () => {
    configure({ user: 'asked', identity: '/nonexistent' })
    const ended = await place.shell(`echo ${secret} | prove ping -k -o json`)
    expect(outcomes(ended)).toEqual(['ok', 'ok'])
    const wrong = await place.shell('echo wrong | prove ping -k -o json')
    expect(outcomes(wrong)).toEqual(['unreachable', 'unreachable'])
    expect(wrong.stdout + wrong.stderr).not.toMatch(/"wrong"|PRV_USAGE/)
  })

  it('and does not wait for more where a pipe stays open', async () => {
    configure({ user: 'asked', identity: '/nonexistent' })
    const ended = await place.shell(`mkfifo pipe; exec 9<>pipe; echo ${secret} >&9; prove ping -k -o json <pipe`)
    expect(outcomes(ended)).toEqual(['ok', 'ok'])
  })

  it('one to log in with, and one to become root with', async () => {
    configure({ user: 'asked', identity: '/nonexistent' })
    const ended = await place.shell(
      `printf '${secret}\\n${secret}\\n' | prove cmd -k -K --elevate sudo -o json -- id -u`,
    )
    expect(outcomes(ended)).toEqual(['ok', 'ok'])
  })

  it('the same where sshd asks for it in a conversation', async () => {
    const settings = 'PasswordAuthentication no\nKbdInteractiveAuthentication yes'
    const put = (host: LabHost): Promise<string> =>
      host.run(`printf '${settings}\\n' >/etc/ssh/sshd_config.d/asking.conf; systemctl restart ssh`)
    await Promise.all(lab.hosts.map(put))
    configure({ user: 'asked', identity: '/nonexistent' })
    expect(outcomes(await place.shell(`echo ${secret} | prove ping -k -o json`))).toEqual(['ok', 'ok'])
    configure({ user: 'asked', identity: '/nonexistent', passwordCommand: ['echo', secret] })
    expect(outcomes(await place.prove(['ping', '-o', 'json']))).toEqual(['ok', 'ok'])
  })

  it('nothing where no key is let in and no password was to be asked for', async () => {
    configure({ user: 'asked', identity: '/nonexistent' })
    const ended = await place.prove(['ping', '-o', 'json'])
    expect(outcomes(ended)).toEqual(['unreachable', 'unreachable'])
    expect(ended.stdout).toContain('--ask-login')
  })

  it('a passphrase, at the terminal, once for all of them, without showing it', async () => {
    const identity = place.write('key', execFileSync('cat', [lab.key]))
    execFileSync('chmod', ['600', identity])
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', identity])
    configure({ user: 'root', identity })
    const line = quoteAll([process.execPath, program, 'ping'])
    const ended = await place.shell(`printf 'open sesame\\n' | TERM=xterm CI= script -qec "${line}" /dev/null`)
    expect(ended.stdout.match(/passphrase of /g)).toHaveLength(1)
    expect(ended.stdout).toContain('2 ok')
  })
})
