import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { findProgram } from '../../../test-fixtures/find-program.js'
import { opener, skipOrFail } from '../../../test-fixtures/shells.js'
import { attempts, type Elevation } from './elevation.js'
import { openShell, type OpenStream } from './open-shell.js'

const isRoot = process.getuid?.() === 0
const unique = `prv${randomBytes(4).toString('hex')}`
const [free, asked, ruleless, other] = ['f', 'a', 'n', 'o'].map((suffix) => `${unique}${suffix}`) as [
  string,
  string,
  string,
  string,
]
/** Not a word that could be in a message by chance; with what a shell would stumble over. */
const secret = `s3cret ${unique} '"$`
const sudoers = `/etc/sudoers.d/${unique}`
const doasConf = '/etc/doas.conf'
const begin = `# ${unique} begin\n`
const end = `# ${unique} end\n`

/** Runs a program that sets up the ground; input goes to its standard input. */
const setUp = (program: string, words: readonly string[], input = ''): void => {
  execFileSync(program, words, { input, stdio: ['pipe', 'ignore', 'pipe'] })
}

const doasText = (): string => (existsSync(doasConf) ? readFileSync(doasConf, 'utf8') : '')

/** Takes our block out again, and the file with it when nothing else is in it. */
const restoreDoas = (): void => {
  const [before = '', rest = ''] = doasText().split(begin)
  const after = rest.split(end)[1] ?? ''
  if (`${before}${after}` === '') rmSync(doasConf, { force: true })
  else writeFileSync(doasConf, `${before}${after}`)
}

beforeAll(() => {
  if (!isRoot) return
  for (const user of [free, asked, ruleless, other]) setUp('useradd', ['-M', '-s', '/bin/sh', user])
  setUp('chpasswd', [], [asked, ruleless, other].map((user) => `${user}:${secret}\n`).join(''))
  if (findProgram('sudo') !== undefined) {
    const rules = `${free} ALL=(ALL) NOPASSWD: ALL\n${asked} ALL=(ALL) ALL\n`
    writeFileSync(sudoers, rules, { mode: 0o440 })
  }
  if (findProgram('doas') !== undefined) {
    const rules = `permit nopass ${free}\npermit ${asked}\n`
    writeFileSync(doasConf, `${doasText()}${begin}${rules}${end}`, { mode: 0o600 })
  }
})

afterAll(() => {
  if (!isRoot) return
  rmSync(sudoers, { force: true })
  if (doasText().includes(begin)) restoreDoas()
  // By force: a refused su ends only after its penalty of some seconds.
  for (const user of [free, asked, ruleless, other]) setUp('userdel', ['-f', user])
})

const idOf = (user: string, flag: '-u' | '-g'): string => execFileSync('id', [flag, user], { encoding: 'utf8' }).trim()

/** A login shell of this user, as ssh would give it. */
const as = (user: string): OpenStream => {
  const ids = `--reuid ${idOf(user, '-u')} --regid ${idOf(user, '-g')} --init-groups`
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }
  return opener({ shell: `setpriv ${ids} /bin/sh`, env })
}

const needs = (ctx: TestContext, program: string): void => {
  if (!isRoot) skipOrFail(ctx, 'making users needs root')
  if (findProgram(program) === undefined) skipOrFail(ctx, `${program} is not installed`)
}

/** Counts how often it is asked. */
const passwordOf = (word: string): { readonly ask: () => Promise<string>; readonly times: () => number } => {
  let times = 0
  return { ask: () => Promise.resolve(((times += 1), word)), times: () => times }
}

const noTerminal = (): Promise<string> => Promise.reject(new Error('no terminal'))

/** Who the shell says it is; checks that the password is in no process list and nothing stays behind. */
const whoIs = async (open: OpenStream, elevation: Elevation): Promise<string> => {
  const { channel, closed, ready } = await openShell(open, { elevation })
  const { scratch } = await ready
  const { stdout } = await channel.run('id -un; cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " "')
  channel.end()
  await closed
  expect(existsSync(scratch)).toBe(false)
  expect(String(stdout)).not.toContain(secret)
  return String(stdout).split('\n')[0] ?? ''
}

/** The refusal, which must come with a hint and without the password. */
const refusalOf = async (open: OpenStream, elevation: Elevation): Promise<string> => {
  const error: unknown = await openShell(open, { elevation }).then(
    () => new Error('the shell was opened'),
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ code: 'PRV_TARGET_ELEVATION', hint: expect.any(String) })
  const { message } = error as Error
  expect(message).not.toContain(secret)
  return message
}

describe('sudo', () => {
  it.for(['root', other])('becomes %s without a password where none is needed', async (user, ctx) => {
    needs(ctx, 'sudo')
    const { ask, times } = passwordOf(secret)
    expect(await whoIs(as(free), { method: 'sudo', user, password: ask })).toBe(user)
    expect(times()).toBe(0)
  })

  it('sends the password once where one is needed', async (ctx) => {
    needs(ctx, 'sudo')
    const { ask, times } = passwordOf(secret)
    expect(await whoIs(as(asked), { method: 'sudo', user: 'root', password: ask })).toBe('root')
    expect(times()).toBe(1)
  })

  it('says that the password was wrong, after one try', async (ctx) => {
    needs(ctx, 'sudo')
    const { ask, times } = passwordOf('wrong')
    const message = await refusalOf(as(asked), { method: 'sudo', user: 'root', password: ask })
    expect(message).toBe('sudo did not accept the password')
    expect(times()).toBe(1)
  })

  it('says that a password is needed when there is none to give', async (ctx) => {
    needs(ctx, 'sudo')
    const message = await refusalOf(as(asked), { method: 'sudo', user: 'root' })
    expect(message).toContain('a password is required')
  })

  it('says that no rule allows it, not that the password was wrong', async (ctx) => {
    needs(ctx, 'sudo')
    const message = await refusalOf(as(ruleless), { method: 'sudo', user: 'root', password: passwordOf(secret).ask })
    expect(message).toMatch(/could not become "root".*not in the sudoers file/)
  })

  it('passes on why the password could not be asked for', async (ctx) => {
    needs(ctx, 'sudo')
    expect(await refusalOf(as(asked), { method: 'sudo', user: 'root', password: noTerminal })).toContain('no terminal')
  })

  it('says that there is no such user', async (ctx) => {
    needs(ctx, 'sudo')
    const message = await refusalOf(as(free), { method: 'sudo', user: `${unique}x` })
    expect(message).toContain(`could not become "${unique}x"`)
  })
})

describe('doas', () => {
  it.for(['root', other])('becomes %s under a nopass rule', async (user, ctx) => {
    needs(ctx, 'doas')
    expect(await whoIs(as(free), { method: 'doas', user })).toBe(user)
  })

  it.for([
    ['wants a password', () => asked],
    ['has no rule', () => ruleless],
  ] as const)('is refused when it %s', async ([, user], ctx) => {
    needs(ctx, 'doas')
    expect(await refusalOf(as(user()), { method: 'doas', user: 'root' })).toContain('doas could not become "root"')
  })
})

describe('su', () => {
  it('becomes a user when run by root', async (ctx) => {
    needs(ctx, 'su')
    expect(await whoIs(as('root'), { method: 'su', user: other })).toBe(other)
  })

  it('sends the password once where one is needed', async (ctx) => {
    needs(ctx, 'su')
    const { ask, times } = passwordOf(secret)
    expect(await whoIs(as(ruleless), { method: 'su', user: other, password: ask })).toBe(other)
    expect(times()).toBe(1)
  })

  it('says that the password was wrong', async (ctx) => {
    needs(ctx, 'su')
    const message = await refusalOf(as(ruleless), { method: 'su', user: other, password: passwordOf('wrong').ask })
    expect(message).toBe('su did not accept the password')
  })

  it('says that a password is needed when there is none to give', async (ctx) => {
    needs(ctx, 'su')
    expect(await refusalOf(as(ruleless), { method: 'su', user: other })).toContain('a password is needed')
  })
})

it('quotes the user, whatever it is called', () => {
  for (const method of ['sudo', 'doas', 'su'] as const) {
    const [first] = attempts('true', { method, user: "a'; touch b" }, 'nonce')
    expect(first?.command).toContain(`'a'\\''; touch b'`)
  }
})
