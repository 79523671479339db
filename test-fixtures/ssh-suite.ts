import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Asks, type Executor, ProveError, z } from '@prove/core'
import { executorSuite } from '@prove/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { Conversation } from '../core/src/testing/conversation.js'
import { skipOrFail } from './shells.js'
import { freePort, Sshd, whySshdIsMissing } from './sshd.js'

type Given = Readonly<Record<string, unknown>>

/** A way to reach a real sshd, for the tests that one executor alone has. */
export interface SshGround {
  readonly sshd: Sshd
  /** Options that lead to it. */
  readonly options: Given
  /** What a command prints on standard output. */
  readonly printedBy: (given: Given, command: string, host?: string, persons?: Asks) => Promise<string>
  /** The error of a connection that does not come about. */
  readonly refusedWith: (given: Given, host?: string, persons?: Asks) => Promise<ProveError>
}

/**
 * What every executor that speaks ssh must do over a real sshd: all of executorSuite, causes and hints where nobody is let in, and
 * ssh_config. `more` are tests of one executor alone.
 */
export const sshSuite = async (
  executor: Executor,
  unreachable: Readonly<Record<string, Given>>,
  more: (ground: SshGround) => void = () => undefined,
): Promise<void> => {
  const missing = whySshdIsMissing()
  if (missing !== undefined) {
    it('reaches a real sshd', (ctx) => skipOrFail(ctx, missing))
    return
  }
  const sshd = await Sshd.start()
  afterAll(() => sshd.stop())
  const { host, port, user, identity, knownHosts, folder, options } = sshd
  const unlistened = { port: await freePort() }
  const wrongKey = { identity: join(folder, 'host') }
  const unknownHost = { knownHosts: join(folder, 'other_hosts') }
  writeFileSync(unknownHost.knownHosts, '')

  const open = (given: Given, command: string, at: string, persons: Asks = {}) =>
    executor.open(z.strictObject(executor.options).parse(given), command, { ...persons, target: 'web1', host: at })
  const printedBy: SshGround['printedBy'] = async (given, command, at = host, persons = {}) => {
    const shell = new Conversation(await open(given, command, at, persons))
    shell.stream.end()
    await shell.ended
    return shell.said.toString()
  }
  const refusedWith: SshGround['refusedWith'] = async (given, at = host, persons = {}) => {
    const error: unknown = await open(given, 'true', at, persons).then(
      () => new Error('it was opened'),
      (reason: unknown) => reason,
    )
    if (!(error instanceof ProveError)) throw error
    return error
  }

  const also = Object.entries(unreachable).map(([title, each]) => [title, { ...options, ...each }] as const)
  executorSuite(executor, {
    host,
    options,
    unreachable: {
      'a port where nobody listens': { ...options, ...unlistened },
      'a key that is not let in': { ...options, ...wrongKey },
      'a host whose key is not known': { ...options, ...unknownHost },
      ...Object.fromEntries(also),
    },
  })

  describe('what is told where nobody is let in', () => {
    const changedHost = { knownHosts: join(folder, 'changed_hosts') }
    const [otherKey = ''] = /^ssh-ed25519 \S+/.exec(readFileSync(join(folder, 'user.pub'), 'utf8')) ?? []
    writeFileSync(changedHost.knownHosts, `[${host}]:${port} ${otherKey}\n`)

    it.each([
      ['a closed port', unlistened, /refused/i, /"port"/],
      ['a wrong key', wrongKey, /denied|not let in/i, /"user" and "identity"/],
      ['an unknown host key', unknownHost, /verification failed|not known/i, /accept it once/],
      ['a changed host key', changedHost, /verification failed|is known by/i, /ssh-keygen -R/],
    ])('%s: the cause, and what to try', async (_title, wrong, message, hint) => {
      const error = await refusedWith({ ...options, ...wrong })
      expect(error).toMatchObject({ code: 'PRV_TARGET_UNREACHABLE' })
      expect(error.message).toMatch(message)
      expect(error.hint).toMatch(hint)
    })

    it('a name that nobody knows', async () => {
      const error = await refusedWith(options, 'no-such-host.invalid')
      expect(error.message).toContain('no-such-host.invalid')
      expect(error.hint).toContain('"host"')
    })

    it('nothing, once nobody waits for it', async () => {
      const parsed = z.strictObject(executor.options).parse(options)
      const opening = executor.open(parsed, 'true', { target: 'web1', host, signal: AbortSignal.abort() })
      await expect(opening).rejects.toBeInstanceOf(ProveError)
    })
  })

  it('heeds ssh_config', async () => {
    const config = join(folder, 'ssh_config')
    const named = { HostName: host, Port: port, User: user, IdentityFile: identity, UserKnownHostsFile: knownHosts }
    const lines = Object.entries(named).map(([name, value]) => `  ${name} ${value}\n`)
    writeFileSync(config, `Host web1\n${lines.join('')}`)
    expect(await printedBy({ config }, 'echo said', 'web1')).toBe('said\n')
  })

  more({ sshd, options, printedBy, refusedWith })
}
