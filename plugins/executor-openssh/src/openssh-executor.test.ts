import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProveError } from '@prove/core'
import { executorSuite } from '@prove/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { skipOrFail } from '../../../test-fixtures/shells.js'
import { freePort, Sshd } from '../../../test-fixtures/sshd.js'
import { opensshExecutor } from './openssh-executor.js'

const sshd = await Sshd.start()
afterAll(() => sshd?.stop())

if (sshd === undefined) {
  it('reaches a real sshd', (ctx) => skipOrFail(ctx, 'sshd is not installed'))
} else {
  const { host, port, user, identity, knownHosts, folder } = sshd
  const options = { user, port, identity, knownHosts, config: '/dev/null', connectTimeout: 5 }
  const nobody = await freePort()
  const otherKeys = join(folder, 'other_hosts')
  writeFileSync(otherKeys, '')

  executorSuite(opensshExecutor, {
    host,
    options,
    unreachable: {
      'a port where nobody listens': { ...options, port: nobody },
      'a key that is not let in': { ...options, identity: join(folder, 'host') },
      'a host whose key is not known': { ...options, knownHosts: otherKeys },
      'a program that is not there': { ...options, program: '/nonexistent/ssh' },
      'a program that is no ssh': { ...options, program: 'false' },
    },
  })

  describe('what is told where nobody is let in', () => {
    const changed = join(folder, 'changed_hosts')
    const told = async (more: Readonly<Record<string, unknown>>, at = host): Promise<ProveError> => {
      const given = { settings: {}, program: 'ssh', ...options, ...more }
      const opening = opensshExecutor.open(given, 'true', { target: 'web1', host: at })
      const error: unknown = await opening.then(
        () => new Error('it was opened'),
        (reason: unknown) => reason,
      )
      if (!(error instanceof ProveError)) throw error
      return error
    }
    const [, otherKey = ''] = /^(ssh-ed25519 \S+)/.exec(readFileSync(join(folder, 'user.pub'), 'utf8')) ?? []
    writeFileSync(changed, `[${host}]:${port} ${otherKey}\n`)

    it.each([
      ['a closed port', { port: nobody }, /refused/i, /"port"/],
      ['a wrong key', { identity: join(folder, 'host') }, /permission denied/i, /"user" and "identity"/],
      ['an unknown host key', { knownHosts: otherKeys }, /verification failed/i, /accept it once/],
      ['a changed host key', { knownHosts: changed }, /verification failed/i, /ssh-keygen -R/],
      ['a wrong setting', { settings: { NoSuchThing: 'yes' } }, /bad configuration option/i, /"settings"/],
    ])('%s: what ssh says, and what to try', async (_title, more, message, hint) => {
      const error = await told(more)
      expect(error).toMatchObject({ code: 'PRV_TARGET_UNREACHABLE' })
      expect(error.message).toMatch(message)
      expect(error.hint).toMatch(hint)
    })

    it('a name that nobody knows', async () => {
      const error = await told({}, 'no-such-host.invalid')
      expect(error.message).toContain('no-such-host.invalid')
      expect(error.hint).toContain('"host"')
    })
  })

  type Given = Parameters<typeof opensshExecutor.open>[0]
  const all: Given = { ...options, settings: {}, program: 'ssh' }

  const printedBy = async (given: Given, command: string, at = host): Promise<string> => {
    const stream = await opensshExecutor.open(given, command, { target: 'web1', host: at })
    let printed = ''
    stream.onData((bytes) => {
      printed += bytes.toString('utf8')
    })
    stream.end()
    await new Promise<void>((resolve) => stream.onClose(() => resolve()))
    return printed
  }

  it('heeds ssh_config', async () => {
    const config = join(folder, 'ssh_config')
    const lines = Object.entries({
      HostName: host,
      Port: port,
      User: user,
      IdentityFile: identity,
      UserKnownHostsFile: knownHosts,
    }).map(([name, value]) => `  ${name} ${value}\n`)
    writeFileSync(config, `Host web1\n${lines.join('')}`)
    const given: Given = { config, connectTimeout: 5, settings: {}, program: 'ssh' }
    expect(await printedBy(given, 'echo said', 'web1')).toBe('said\n')
  })

  it('leaves out what a login prints before', async () => {
    const program = join(folder, 'noisy')
    writeFileSync(program, '#!/bin/sh\necho Welcome; echo "prove-0"; exec ssh "$@"\n', { mode: 0o755 })
    expect(await printedBy({ ...all, program }, 'echo said; echo noted >&2')).toBe('said\n')
  })

  it('is not waited for once nobody does', async () => {
    const signal = AbortSignal.abort()
    const opening = opensshExecutor.open(all, 'true', { target: 'web1', host, signal })
    await expect(opening).rejects.toBeInstanceOf(ProveError)
  })
}
