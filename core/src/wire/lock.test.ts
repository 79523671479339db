import { spawn } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { until } from '../../../test-fixtures/cli/prove.js'
import {
  isAlive,
  type LocalOptions,
  opener,
  optionsOf,
  type TestShell,
  testShells,
} from '../../../test-fixtures/shells.js'
import { noBlobs } from '../contracts/blob.js'
import { createKernel } from '../kernel/kernel.js'
import { placeScript } from '../reads/facts.js'
import { assertLocked, lockScript } from './lock.js'
import { openShell, type Shell } from './open-shell.js'
import { openSession } from './open-session.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-lock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const alice = { who: "alice o'neil@laptop", since: '2026-01-02T03:04:05Z' }
const bob = { who: 'bob@desk', since: '2026-01-02T04:00:00Z' }

interface Ground {
  readonly options: LocalOptions
  readonly state: string
  readonly lock: string
}

let grounds = 0

/** A state folder of its own: the real one is shared with whatever else runs on this machine. */
const makeGround = (ctx: TestContext, shell: TestShell): Ground => {
  const home = join(folder, String(grounds++))
  const state = join(home, 'prove')
  mkdirSync(state, { recursive: true })
  return { options: optionsOf(ctx, shell, { XDG_STATE_HOME: home }), state, lock: join(state, 'lock') }
}

/** Takes the lock as a user without rights would, whoever runs the tests. */
const take = async ({ channel }: Shell, owner: typeof alice): Promise<string> => {
  const { stdout } = await channel.run(`id() { echo uid=1000; }\n${placeScript}\n${lockScript(owner)}`)
  return stdout.toString('utf8').trim()
}

const close = async ({ channel, closed }: Shell): Promise<void> => {
  channel.end()
  await closed
}

/** A fresh session that must get the lock, and gives it back. */
const expectFree = async ({ options, state }: Ground): Promise<void> => {
  const shell = await openShell(opener(options))
  expect(await take(shell, bob)).toBe('taken')
  await close(shell)
  expect(existsSync(join(state, 'lock'))).toBe(false)
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

/** Field 22 of its stat: when this process began. */
/** When a process began, in ticks since the boot. */
const startOf = (pid: string): string =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''

describe.each(testShells())('the lock in $name', (shell) => {
  it('is held by one session, told to the second, and gone after the first', async (ctx) => {
    const ground = makeGround(ctx, shell)
    const first = await openShell(opener(ground.options))
    expect(await take(first, alice)).toBe('taken')
    const second = await openShell(opener(ground.options))
    const told = await take(second, bob)
    const [pid] = readFileSync(ground.lock, 'utf8').split(' ')
    expect(told).toBe(`held ${pid} ${alice.since} ${alice.who}`)
    expect(() => assertLocked(told)).toThrow(
      expect.objectContaining({
        code: 'PRV_TARGET_LOCKED',
        message: expect.stringContaining(alice.who),
        hint: expect.stringContaining(`kill ${pid}`),
      }),
    )
    await close(second)
    expect(existsSync(ground.lock)).toBe(true)
    await close(first)
    expect(existsSync(ground.lock)).toBe(false)
    await expectFree(ground)
  })

  it('is given to exactly one of many at once', async (ctx) => {
    const { options } = makeGround(ctx, shell)
    const shells = await Promise.all(Array.from({ length: 8 }, () => openShell(opener(options))))
    const told = await Promise.all(shells.map((each) => take(each, alice)))
    expect(told.filter((word) => word === 'taken')).toHaveLength(1)
    expect(told.filter((word) => word.startsWith('held '))).toHaveLength(7)
    await Promise.all(shells.map(close))
  })

  it.for([
    ['of a process that is gone', () => `4194305 1 ${bootId()}`],
    ['of a process id that another process has now', () => `${process.pid} 1 ${bootId()}`],
    ['of another boot', () => `${process.pid} ${startOf('self')} 00000000-0000-0000-0000-000000000000`],
  ] as const)('%s is taken over', async ([, holder], ctx) => {
    const ground = makeGround(ctx, shell)
    writeFileSync(ground.lock, `${holder()} ${alice.since} ${alice.who}\n`)
    await expectFree(ground)
  })

  it('of a process that lives is not taken over', async (ctx) => {
    const { options, lock } = makeGround(ctx, shell)
    writeFileSync(lock, `${process.pid} ${startOf('self')} ${bootId()} ${alice.since} ${alice.who}\n`)
    const second = await openShell(opener(options))
    expect(await take(second, bob)).toBe(`held ${process.pid} ${alice.since} ${alice.who}`)
    await close(second)
    expect(existsSync(lock)).toBe(true)
  })

  it('of a process that nobody reaps is taken over', async (ctx) => {
    const ground = makeGround(ctx, shell)
    // Its parent becomes a program that reaps nobody before it ends.
    const script = 'read -r line <&3 & echo $!; exec cat 3<&-'
    const parent = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore', 'pipe'] })
    const pid = await new Promise<string>((resolve) =>
      parent.stdout?.once('data', (text) => resolve(String(text).trim())),
    )
    await until('a parent', () => readFileSync(`/proc/${parent.pid ?? 0}/comm`, 'utf8') === 'cat\n')
    parent.stdio[3]?.destroy()
    await until('a zombie', () => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '))
    writeFileSync(ground.lock, `${pid} ${startOf(pid)} ${bootId()} ${alice.since} ${alice.who}\n`)
    await expectFree(ground)
    parent.stdin?.end()
  })

  it('removes what others left who were killed while they waited for it, and nothing of the living', async (ctx) => {
    const ground = makeGround(ctx, shell)
    const names = ['lock.4194305', 'stale.4194305', `lock.${process.pid}`]
    for (const name of names) writeFileSync(join(ground.state, name), '')
    await expectFree(ground)
    expect(names.filter((name) => existsSync(join(ground.state, name)))).toEqual([`lock.${process.pid}`])
  })

  it('that is damaged is taken over', async (ctx) => {
    const ground = makeGround(ctx, shell)
    writeFileSync(ground.lock, 'damaged\n')
    await expectFree(ground)
  })

  // A power cut can leave the link and lose the text.
  it('that is empty is taken over', async (ctx) => {
    const ground = makeGround(ctx, shell)
    writeFileSync(ground.lock, '')
    await expectFree(ground)
  })

  it('and scratch of a killed session are cleaned by the next, with what it left unfinished', async (ctx) => {
    const ground = makeGround(ctx, shell)
    const [half, other] = [join(ground.state, '.prove-half'), join(ground.state, 'other')]
    const killed = await openShell(opener(ground.options))
    expect(await take(killed, alice)).toBe('taken')
    for (const path of [half, other]) writeFileSync(path, '')
    writeFileSync(join(ground.state, 'unfinished'), `${half}\n${other}\n`)
    const { pid, scratch } = await killed.ready
    process.kill(pid, 'SIGKILL')
    await killed.closed
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(ground.lock)).toBe(true)
    await expectFree(ground)
    expect(existsSync(scratch)).toBe(false)
    expect({ half: existsSync(half), other: existsSync(other) }).toEqual({ half: false, other: true })
  })

  it('of a killed session of the same number is taken over', async (ctx) => {
    const ground = makeGround(ctx, shell)
    const only = await openShell(opener(ground.options))
    const { pid } = await only.ready
    writeFileSync(ground.lock, `${pid} 1 ${bootId()} ${alice.since} ${alice.who}\n`)
    linkSync(ground.lock, `${ground.lock}.${pid}`)
    expect(await take(only, bob)).toBe('taken')
    await close(only)
    expect(readdirSync(ground.state)).toEqual([])
  })

  it('names a state folder that cannot be made', async (ctx) => {
    const { options, state } = makeGround(ctx, shell)
    rmSync(state, { recursive: true })
    symlinkSync('/dev/null', state)
    const only = await openShell(opener(options))
    const told = await take(only, alice)
    expect(told).toBe(`unwritable ${state}`)
    expect(() => assertLocked(told)).toThrow(expect.objectContaining({ code: 'PRV_TARGET_STATE_FOLDER' }))
    await close(only)
  })
})

/** The first shell whose `id` can be put in the way: busybox prefers its own. */
const [dash] = testShells()

it('a session takes the lock with its facts, in one round trip, and a second is refused', async (ctx) => {
  if (dash === undefined) return
  const { options, lock, state } = makeGround(ctx, dash)
  const tools = join(state, 'bin')
  mkdirSync(tools)
  writeFileSync(join(tools, 'id'), '#!/bin/sh\necho uid=1000\n', { mode: 0o755 })
  const env = { ...options.env, PATH: `${tools}:${options.env['PATH']}` }
  const common = { open: opener({ ...options, env }), kinds: createKernel([]).kinds, blobs: noBlobs }
  const session = await openSession({ ...common, lock: alice })
  expect(session.roundTrips).toBe(1)
  expect(session.facts.stateFolder).toBe(state)
  await expect(openSession({ ...common, lock: bob })).rejects.toMatchObject({ code: 'PRV_TARGET_LOCKED' })
  await (await openSession(common)).close()
  expect(existsSync(lock)).toBe(true)
  await session.close()
  expect(existsSync(lock)).toBe(false)
})
