import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sshSuite } from '../../../test-fixtures/ssh-suite.js'
import { sshExecutor } from './ssh-executor.js'

await sshSuite(sshExecutor, {}, ({ sshd, options, printedBy, refusedWith }) => {
  const { host, port, user, identity, knownHosts, folder } = sshd

  const configured = (name: string, lines: Readonly<Record<string, unknown>>): string => {
    const file = join(folder, name)
    const usual = { HostName: host, Port: port, User: user, IdentityFile: identity, UserKnownHostsFile: knownHosts }
    const own = Object.entries({ ...usual, ...lines }).map(([key, value]) => `  ${key} ${String(value)}\n`)
    const gate = Object.entries(usual).map(([key, value]) => `  ${key} ${value}\n`)
    writeFileSync(file, `Host web1\n${own.join('')}Host gate\n${gate.join('')}`)
    return file
  }

  describe('a host whose key is not known', () => {
    it('is told with the fingerprint, and the line of the key that was known', async () => {
      const fingerprint = execFileSync('ssh-keygen', ['-lf', join(folder, 'host.pub')], { encoding: 'utf8' }).split(
        ' ',
      )[1]
      const changed = join(folder, 'line_two')
      const [key = ''] = /^ssh-ed25519 \S+/.exec(readFileSync(join(folder, 'user.pub'), 'utf8')) ?? []
      writeFileSync(changed, `# first\n[${host}]:${port} ${key}\n`)
      const error = await refusedWith({ ...options, knownHosts: changed })
      expect(error.message).toContain(fingerprint)
      expect(error.place).toMatchObject({ file: changed, line: 2 })
    })

    it('is let through the first time where ssh_config says so, and then known', async () => {
      const file = join(folder, 'grown')
      const lines = { UserKnownHostsFile: file, StrictHostKeyChecking: 'accept-new', HashKnownHosts: 'no' }
      expect(await printedBy({ config: configured('accept', lines) }, 'echo said', 'web1')).toBe('said\n')
      expect(readFileSync(file, 'utf8')).toMatch(/^\[127\.0\.0\.1\]:\d+ ssh-\S+ \S+\n$/)
      expect(await printedBy({ config: configured('strict', { UserKnownHostsFile: file }) }, 'echo said', 'web1')).toBe(
        'said\n',
      )
      const hashed = join(folder, 'hashed')
      const silent = configured('hash', { ...lines, UserKnownHostsFile: hashed, HashKnownHosts: 'yes' })
      expect(await printedBy({ config: silent }, 'echo said', 'web1')).toBe('said\n')
      expect(readFileSync(hashed, 'utf8')).toMatch(/^\|1\|\S+ ssh-\S+ \S+\n$/)
      const found = execFileSync('ssh-keygen', ['-F', `[${host}]:${port}`, '-f', hashed], { encoding: 'utf8' })
      expect(found).toContain('found: line 1')
    })
  })

  it.each(['missing', '.ssh/id_work'])('a key that is not there is named where nobody is let in: %s', async (name) => {
    const missing = join(folder, name)
    expect((await refusedWith({ ...options, identity: missing })).message).toContain(`${missing} does not exist`)
  })

  describe('a key with a passphrase', () => {
    const encrypted = join(folder, 'encrypted')
    writeFileSync(encrypted, readFileSync(identity), { mode: 0o600 })
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', encrypted])

    it('is opened by what a command prints', async () => {
      const passphraseCommand = ['echo', 'open sesame']
      expect(await printedBy({ ...options, identity: encrypted, passphraseCommand }, 'echo said')).toBe('said\n')
    })

    it('is named where nobody opens it', async () => {
      expect((await refusedWith({ ...options, identity: encrypted })).message).toContain(encrypted)
    })

    it('is named where it does not open, without the words that were tried', async () => {
      const error = await refusedWith({ ...options, identity: encrypted, passphraseCommand: ['echo', 'hunter2'] })
      expect(error.message).toContain(encrypted)
      expect(error.message).not.toContain('hunter2')
    })

    it('asks whoever is there, once nothing else is let in', async () => {
      const asked: string[] = []
      const ask = (question: string): Promise<string> => Promise.resolve((asked.push(question), 'open sesame'))
      const given = { ...options, identity: encrypted }
      expect(await printedBy(given, 'echo said', host, { ask })).toBe('said\n')
      expect(asked).toEqual([expect.stringContaining(encrypted)])
      expect(await printedBy(options, 'echo said', host, { ask })).toBe('said\n')
      expect(asked).toHaveLength(1)
    })

    it('tells of what was typed wrong', async () => {
      const ask = (): Promise<string> => Promise.resolve('hunter2')
      const error = await refusedWith({ ...options, identity: encrypted }, host, { ask })
      expect(error.message).toContain('does not open')
      expect(error.message).not.toContain('hunter2')
    })

    it('tells of a command that fails', async () => {
      const passphraseCommand = ['sh', '-c', 'echo hunter2; exit 3']
      const error = await refusedWith({ ...options, identity: encrypted, passphraseCommand })
      expect(error.message).toContain('"passphraseCommand"')
      expect(error.message).not.toContain('hunter2')
    })
  })

  describe('the way there', () => {
    it('leads through a jump host', async () => {
      const config = configured('jump', { ProxyJump: 'gate' })
      expect(await printedBy({ config }, 'echo said', 'web1')).toBe('said\n')
    })

    it('leads through several, each seen from the one before', async () => {
      const config = configured('jumps', { ProxyJump: `gate,${user}@gate` })
      expect(await printedBy({ config }, 'echo said', 'web1')).toBe('said\n')
    })

    it('ends at a jump host that nobody is let in on', async () => {
      const config = configured('wrong', { ProxyJump: 'gate,nobody@gate' })
      const error = await refusedWith({ config }, 'web1')
      expect(error.message).toContain('"nobody"')
    })

    it('leads through a command', async () => {
      const config = configured('command', { ProxyCommand: `ssh -F ${join(folder, 'jump')} -W %h:%p gate` })
      configured('jump', {})
      expect(await printedBy({ config }, 'echo said', 'web1')).toBe('said\n')
    })

    it('ends where jump hosts lead round in a circle', async () => {
      const config = configured('circle', { ProxyJump: 'web1' })
      expect((await refusedWith({ config }, 'web1')).message).toMatch(/circle|itself/)
    })
  })

  it('logs in by a file where the agent does not answer', async () => {
    const gone = join(folder, 'no-agent')
    const config = configured('gone-agent', { IdentityAgent: gone })
    expect(await printedBy({ config }, 'echo said', 'web1')).toBe('said\n')
    const only = configured('gone-agent-only', { IdentityAgent: gone, IdentitiesOnly: 'yes' })
    expect(await printedBy({ config: only }, 'echo said', 'web1')).toBe('said\n')
  })

  it('asks for no password of a jump host, and for that of a target behind two once', async () => {
    const asked: string[] = []
    const password = (): Promise<string> => Promise.resolve((asked.push('asked'), 'wrong'))
    const nobody = configured('jump-refused', { ProxyJump: 'nobody@gate' })
    expect((await refusedWith({ config: nobody }, 'web1', { password })).message).toContain('"nobody"')
    expect(asked).toEqual([])
    const two = configured('jumps-refused', { ProxyJump: `gate,${user}@gate`, User: 'nobody' })
    expect((await refusedWith({ config: two }, 'web1', { password })).message).toContain('"nobody" is not let in')
    expect(asked).toEqual(['asked'])
  })

  it('asks the agent for keys', async () => {
    const started = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' })
    const [, socket = ''] = /SSH_AUTH_SOCK=([^;]+)/.exec(started) ?? []
    const [, pid = ''] = /SSH_AGENT_PID=(\d+)/.exec(started) ?? []
    try {
      execFileSync('ssh-add', ['-q', identity], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
      const config = configured('agent', { IdentityAgent: socket, IdentityFile: '/nonexistent' })
      expect(await printedBy({ config }, 'echo said', 'web1')).toBe('said\n')
      // Only of keys whose files are named, which may be encrypted, or public alone.
      const named = join(folder, 'named')
      writeFileSync(`${named}.pub`, readFileSync(`${identity}.pub`))
      const only = { IdentityAgent: socket, IdentitiesOnly: 'yes' }
      const known = configured('named-agent', { ...only, IdentityFile: named })
      expect(await printedBy({ config: known }, 'echo said', 'web1')).toBe('said\n')
      const other = configured('other-agent', { ...only, IdentityFile: '/nonexistent' })
      expect((await refusedWith({ config: other }, 'web1')).message).toContain('not let in')
    } finally {
      process.kill(Number(pid))
    }
  })
})
