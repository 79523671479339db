import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, eventsOf, Place, textOf, until } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

/** The files of all kept runs, the oldest first. */
const files = (): readonly string[] => {
  const root = place.path('.state/prove')
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => join(root, name))
}

const done = async (...args: readonly string[]): Promise<Ended> => {
  const ended = await place.prove(args)
  expect([ended.exit, ended.stderr]).toEqual([0, ''])
  return ended
}

const listed = async (...args: readonly string[]): Promise<readonly Record<string, unknown>[]> =>
  JSON.parse((await done('runs', '-o', 'json', ...args)).stdout) as readonly Record<string, unknown>[]

const note = (content: string): object => ({ 'file.managed': { path: place.path('note'), content } })

describe('a kept run', () => {
  it('is the events that were told', async () => {
    place.states({ note: note('one\n'), run: { 'cmd.run': 'true', lazy: true, listen: 'note' } })
    const told = eventsOf(await done('apply', 'site.yml', '-o', 'json'))
    const kept = eventsOf(await done('show', '-o', 'json'))
    // What commands answered is told, and not kept.
    expect(kept).toEqual(told.map(({ ...event }) => ('outputs' in event ? (delete event.outputs, event) : event)))
    expect(kept[0]).toMatchObject({ type: 'run', by: expect.stringContaining('@') as string })
    expect(kept.at(-1)?.type).toBe('summary')
  })

  it('is for its owner alone', async () => {
    place.states({ note: note('one\n') })
    await done('plan', 'site.yml')
    const [file = ''] = files()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700)
  })

  it('is a plan or an apply, and nothing else', async () => {
    await done('ping')
    await done('cmd', 'true')
    expect(files()).toEqual([])
    expect((await done('runs')).stdout).toContain('no run is kept here')
    const { exit, stderr } = await place.prove(['show'])
    expect(exit).toBe(1)
    expect(stderr).toContain('PRV_RUN_UNKNOWN')
  })
})

describe('prove runs', () => {
  beforeEach(async () => {
    const targets = { web1: { executor: 'local' }, web2: { executor: 'local' } }
    place.write('prove.config.yml', JSON.stringify({ targets, states: ['site'] }))
    place.states({ note: note('one\n'), bad: { 'cmd.run': 'exit 3' } }, 'states/site.yml')
    expect((await place.prove(['apply', '-t', 'web1'])).exit).toBe(2)
    place.states({ note: note('two\n') }, 'states/site.yml')
    await done('plan')
  })

  it('lists the newest first, with what came of it', async () => {
    const runs = await listed()
    expect(runs).toMatchObject([
      {
        operation: 'plan',
        state: 'ended',
        exit: 0,
        changed: 2,
        failed: 0,
        targets: { web1: 'changed', web2: 'changed' },
      },
      { operation: 'apply', state: 'ended', exit: 2, changed: 1, failed: 1, targets: { web1: 'failed' } },
    ])
    const lines = (await done('runs')).stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines.every((line) => line.length <= 80)).toBe(true)
    expect(lines[2]).toMatch(new RegExp(`^${String(runs[1]?.['id'])} .* apply .* web1 failed$`))
  })

  it('chooses by target, failure and number', async () => {
    const operations = async (...args: readonly string[]) => (await listed(...args)).map((run) => run['operation'])
    expect(await operations('-t', 'web2')).toEqual(['plan'])
    expect(await operations('-t', 'web*')).toEqual(['plan', 'apply'])
    expect(await operations('--failed')).toEqual(['apply'])
    expect(await operations('-n', '1')).toEqual(['plan'])
    expect((await place.prove(['runs', '-t', 'web9'])).stderr).toContain('PRV_TARGET_UNKNOWN')
  })

  it('has ids that "prove show" takes, whole and in part', async () => {
    const [, apply] = await listed()
    const id = String(apply?.['id'])
    for (const asked of [id, id.slice(-4), 'last~1']) {
      expect((await done('show', asked)).stdout).toContain(`${id}  apply`)
    }
    const { exit, stderr } = await place.prove(['show', 'lats'])
    expect(exit).toBe(1)
    expect(stderr).toContain('last')
  })
})

describe('prove show', () => {
  it('tells outcomes, durations, round trips, and diffs where they are asked for', async () => {
    place.states({ note: note('one\n'), slow: { 'cmd.run': 'sleep 0.05' } })
    await done('apply', 'site.yml')
    place.states({ note: note('two\n'), bad: { 'cmd.run': 'echo oops >&2; exit 3' } })
    expect((await place.prove(['apply', 'site.yml'])).exit).toBe(2)
    const text = (await done('show')).stdout
    expect(text).toMatch(/^local {2}failed: 1 changed, 1 failed, took /m)
    expect(text).toMatch(/^ {2}changed +\d+ ms {2}site:note {2}file\.managed$/m)
    expect(text).toContain('exit 3: oops')
    expect(text).toMatch(/^ +1 +[\d.]+ m?s +[\d.]+ K?B +[\d.]+ K?B {2}.*facts/m)
    expect(text).not.toContain('+two')
    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true)
    expect((await done('show', '--diff')).stdout).toMatch(/^ +-one\n +\+two$/m)
  })

  it('shows one target of several, in every form', async () => {
    place.write('prove.config.yml', JSON.stringify({ targets: { a: { executor: 'local' }, b: { executor: 'local' } } }))
    place.states({ note: note('one\n') })
    await done('plan', 'site.yml')
    const events = eventsOf(await done('show', '-t', 'b', '-o', 'json'))
    expect(events[0]).toMatchObject({ targets: ['b'] })
    expect(events.some((event) => 'target' in event && event.target === 'a')).toBe(false)
    expect((await done('show', '-t', 'b', '-o', 'html')).stdout).not.toContain('<h2>a</h2>')
  })

  it('knows the report that comes with Prove, and refuses one that nobody has', async () => {
    place.states({ note: note('one\n') })
    const page = (await done('apply', 'site.yml', '-o', 'html')).stdout
    expect(page).toMatch(/^<!doctype html>[^]*<svg role="img"[^]*<\/html>\n$/)
    const again = (await done('show', '-o', 'html')).stdout
    expect(again).toBe(page)
    expect((await place.prove(['show', '-o', 'htlm'])).stderr).toContain('html')
  })
})

it('keeps no secret', async () => {
  const canary = 'canary-2f6e'
  const late = '-long-output'.repeat(40)
  place.states({
    file: {
      'file.managed': { path: place.path('secret'), content: `${canary}-content\n`, secret: true },
      notify: [{ state: 'told', with: { password: `${canary}-with` } }],
    },
    told: { 'cmd.run': { command: 'true', env: { TOKEN: `${canary}-env` } }, lazy: true },
    loud: { 'cmd.run': { command: `echo ${canary}-stdout; echo ${canary}-stderr >&2`, stdin: `${canary}-stdin` } },
    guarded: { 'cmd.run': 'true', unless: `test ${canary}-guard = x` },
    bad: { 'cmd.run': `echo '${late} ${canary}-late' >&2; exit 3` },
  })
  const line = ['site.yml', '--var', `password=${canary}-variable`]
  await place.prove(['plan', ...line])
  const first = await place.prove(['apply', ...line, '-o', 'json'])
  place.write('secret', 'something else\n')
  const second = await place.prove(['apply', ...line, '-o', 'json'])
  // They were there to be kept.
  for (const where of ['with', 'stdout', 'stderr', 'late']) expect(first.stdout).toContain(`${canary}-${where}`)
  expect(second.exit).toBe(2)
  expect(files()).toHaveLength(3)
  for (const file of files()) expect(readFileSync(file, 'utf8')).not.toContain(canary)
  expect((await done('show', '-o', 'json')).stdout).toContain('"password":"(not kept)"')
})

describe('a run that is killed', () => {
  it('is there, goes on until it is, and did not end then', async () => {
    place.states({ first: note('one\n'), wait: { 'cmd.run': `sleep 60`, requires: 'first' } })
    const running = place.start(['apply', 'site.yml', '-o', 'json'])
    await until('the step runs', () => running.said().includes('"running"'))
    await until('it is written', () => files().some((file) => textOf(file).includes('"running"')))
    expect(await listed()).toMatchObject([{ state: 'running', exit: null, targets: { local: null } }])
    expect((await done('show')).stdout).toContain('goes on')
    const { pid } = JSON.parse(textOf(files()[0] ?? '').split('\n')[0] ?? '') as { readonly pid: number }
    process.kill(pid, 'SIGKILL')
    await running.ended
    expect(await listed()).toMatchObject([{ state: 'did not end' }])
    expect(await listed('--failed')).toHaveLength(1)
    expect((await done('show')).stdout).toContain('did not end')
    expect((await done('show', '-o', 'html')).stdout).toContain('did not end')
  })

  it('may leave half a line', async () => {
    place.states({ first: note('one\n') })
    await done('apply', 'site.yml')
    const [file = ''] = files()
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -40))
    expect(await listed()).toMatchObject([{ state: 'did not end' }])
    expect(eventsOf(await done('show', '-o', 'json')).at(-1)?.type).toBe('target')
  })
})

describe('retention', () => {
  it('keeps so many runs, and the last apply of a target', async () => {
    place.write('prove.config.yml', 'history: { keep: 2 }\n')
    place.states({ first: note('one\n') })
    for (const operation of ['apply', 'apply', 'plan', 'plan', 'plan']) await done(operation, 'site.yml')
    expect((await listed()).map(({ operation }) => operation)).toEqual(['plan', 'plan', 'apply'])
    expect((await done('graph', 'site.yml', '--run')).stdout).toContain('ok')
  })

  it('keeps none, and removes those that were', async () => {
    place.states({ first: note('one\n') })
    await done('apply', 'site.yml')
    place.write('prove.config.yml', 'history: { keep: 0 }\n')
    await done('apply', 'site.yml')
    expect(files()).toEqual([])
  })

  it('has keys, and a hint for a wrong one', async () => {
    place.write('prove.config.yml', 'history: { kep: 2 }\n')
    expect((await place.prove(['runs'])).stderr).toContain('keep')
  })
})

it('warns once where a run cannot be kept, and the run is as it would be', async () => {
  place.states({ first: note('one\n') })
  await done('plan', 'site.yml')
  const [file = ''] = files()
  const folder = join(file, '..')
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  const { exit, stdout, stderr } = await place.prove(['apply', 'site.yml'])
  expect(exit).toBe(0)
  expect(stdout).toContain('changed')
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('not kept')])
})

it('keeps two runs at once apart', async () => {
  place.states({ first: note('one\n') })
  const ended = await Promise.all([1, 2, 3].map(() => place.prove(['plan', 'site.yml', '-o', 'json'])))
  expect(ended.map(({ exit }) => exit)).toEqual([0, 0, 0])
  for (const each of ended) {
    const [run] = eventsOf(each)
    const id = run?.type === 'run' ? run.id : ''
    expect(eventsOf(await done('show', id, '-o', 'json'))).toEqual(eventsOf(each))
  }
})
