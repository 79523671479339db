import { eventSchema, type InvocationEvent, type TargetSummary } from '@prove/core'
import { Ajv } from 'ajv'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ended, eventsOf, invocationsOf, lineOf, Place, summaryOf, targetOf } from './prove.js'

let place: Place

beforeEach(() => {
  place = new Place()
})

afterEach(() => place.remove())

const isEvent = new Ajv({ allErrors: true }).compile(eventSchema())

const json = async (operation: string, ...args: readonly string[]): Promise<Ended> => {
  const ended = await place.prove([operation, '-o', 'json', ...args])
  for (const event of eventsOf(ended)) {
    expect(isEvent(event), `${JSON.stringify(event)}\n${JSON.stringify(isEvent.errors)}`).toBe(true)
  }
  expect(eventsOf(ended).filter(({ type }) => type === 'summary')).toHaveLength(1)
  expect(summaryOf(ended).exit).toBe(ended.exit)
  expect(ended.stderr).toBe('')
  return ended
}

type Line = Pick<InvocationEvent, 'outcome' | 'confidence' | 'dependsOn'>

const planned = (ended: Ended, state: string): Line => {
  const { outcome, confidence, dependsOn } = lineOf(ended, state)
  return { outcome, confidence, dependsOn }
}

const counts = (ended: Ended): Partial<TargetSummary> => {
  const { outcome, ok, changed, failed, skipped } = targetOf(ended)
  return { outcome, ok, changed, failed, skipped }
}

const file = (name: string, content = `${name}\n`): object => ({ 'file.managed': { path: place.path(name), content } })
const directory = (name: string): object => ({ 'file.directory': place.path(name) })
const link = (name: string, target: string): object => ({ 'file.link': { path: place.path(name), target } })
const run = (command: string): object => ({ 'cmd.run': { command, cwd: place.folder } })

const named = (count: number, state: (i: number) => object): Record<string, object> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, state(i)]))

describe.sequential('the events', () => {
  it('of every operation follow the schema, and the summary is the last line', async () => {
    place.states({ a: file('a'), b: { ...run('exit 3'), requires: 'a' }, c: { ...file('c'), requires: 'b' } })
    const runs = [
      await json('plan', 'site.yml'),
      await json('apply', 'site.yml'),
      await json('cmd', '--', 'echo', 'hello'),
      await json('ping'),
      await json('facts'),
    ]
    const operations = ['plan', 'apply', 'cmd', 'ping', 'facts']
    expect(runs.map((ended) => summaryOf(ended).operation)).toEqual(operations)
    for (const ended of runs) {
      expect(eventsOf(ended)[0]).toMatchObject({ type: 'run', version: expect.any(String), targets: ['local'] })
      expect(targetOf(ended)).toMatchObject({ roundTrips: expect.any(Number), elapsedMs: expect.any(Number) })
    }
    expect(runs.map(({ exit }) => exit)).toEqual([0, 2, 0, 0, 0])
  })

  it('tell the outcome of each target and how many parts came to which end', async () => {
    const failing = { b: run('exit 3'), c: { ...file('c'), requires: 'b' } }
    place.states({ a: file('a'), d: file('d'), ...failing, e: { ...run('exit 4'), unless: 'true' } })
    place.write('a', 'a\n')
    const ended = await json('apply', 'site.yml')
    expect(counts(ended)).toEqual({ outcome: 'failed', ok: 1, changed: 1, failed: 1, skipped: 2 })
    expect(lineOf(ended, 'site:b')).toMatchObject({ outcome: 'failed', outputs: { exit: 3 } })
    expect(lineOf(ended, 'site:c').reason).toContain('site:b')
    expect(lineOf(ended, 'site:e').reason).toContain('unless')
  })

  it('carry the streams and the status of a command', async () => {
    const ended = await json('cmd', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7')
    expect(ended.exit).toBe(2)
    expect(eventsOf(ended)).toContainEqual(
      expect.objectContaining({ event: 'answered', result: { exit: 7, stdout: 'out\n', stderr: 'err\n' } }),
    )
  })

  it('carry the difference between the old and the new text', async () => {
    place.states({ a: file('a', 'one\ntwo\nthree\n') })
    place.write('a', 'one\n2\nthree\n')
    for (const operation of ['plan', 'apply']) {
      const [change] = lineOf(await json(operation, 'site.yml'), 'site:a').changes
      expect(change).toMatchObject({ field: 'content', diff: expect.stringMatching(/^-2\n\+two$/m) })
    }
    expect(readFileSync(place.path('a'), 'utf8')).toBe('one\ntwo\nthree\n')
  })

  it('show no text of a secret file', async () => {
    place.states({ a: { 'file.managed': { path: place.path('a'), content: 'hunter2\n', secret: true } } })
    place.write('a', 'swordfish\n')
    const plan = await json('plan', 'site.yml')
    const applied = await json('apply', 'site.yml')
    expect(lineOf(plan, 'site:a').changes).toHaveLength(1)
    expect(plan.stdout + applied.stdout).not.toMatch(/hunter2|swordfish/)
  })
})

describe.sequential('round trips', () => {
  it.each([1, 20, 300])('are two when nothing changes, with %i of each', async (count) => {
    const each = (state: (i: number) => readonly [string, object]): Record<string, object> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => state(i)))
    place.states({
      ...each((i) => [`d${i}`, directory(`d${i}`)]),
      ...each((i) => [`f${i}`, { ...file(`d${i}/file`), requires: `d${i}` }]),
      ...each((i) => [`l${i}`, link(`l${i}`, `d${i}/file`)]),
    })
    expect((await json('apply', 'site.yml')).exit).toBe(0)
    const again = await json('apply', 'site.yml')
    expect(counts(again)).toEqual({ outcome: 'ok', ok: 3 * count, changed: 0, failed: 0, skipped: 0 })
    expect(targetOf(again).roundTrips).toBe(2)
    expect(targetOf(await json('plan', 'site.yml')).roundTrips).toBe(2)
  })

  it('are three in a plan that reads old texts for a diff, whatever their number', async () => {
    for (const count of [1, 40]) {
      place.states(named(count, (i) => file(`f${i}`)))
      for (let i = 0; i < count; i++) place.write(`f${i}`, 'old\n')
      const plan = await json('plan', 'site.yml')
      expect(targetOf(plan)).toMatchObject({ outcome: 'changed', wouldChange: count, roundTrips: 3 })
    }
  })

  it('are six at most for 500 new files in one new directory', async () => {
    const files = named(500, (i) => ({ ...file(`new/f${i}`), requires: 'dir' }))
    place.states({ dir: directory('new'), ...files })
    const ended = await json('apply', 'site.yml')
    expect(counts(ended)).toEqual({ outcome: 'changed', ok: 0, changed: 501, failed: 0, skipped: 0 })
    expect(targetOf(ended).roundTrips).toBeLessThanOrEqual(6)
  })
})

describe.sequential('a plan', () => {
  it('is sure until something opaque runs, and names it from then on', async () => {
    const orphan = { 'file.managed': { path: place.path('later/there'), content: 'x\n' } }
    place.states({
      dir: directory('d'),
      a: file('d/a'),
      b: file('b'),
      make: run('true'),
      c: file('c'),
      same: file('same'),
      orphan,
    })
    place.write('same', 'same\n')
    const plan = await json('plan', 'site.yml')
    for (const id of ['dir', 'a', 'b', 'make']) {
      expect(planned(plan, `site:${id}`), id).toEqual({ outcome: 'would-change', confidence: 'sure', dependsOn: [] })
    }
    const conditional = { confidence: 'conditional', dependsOn: ['site:make'] }
    expect(planned(plan, 'site:c')).toEqual({ outcome: 'would-change', ...conditional })
    expect(planned(plan, 'site:same')).toEqual({ outcome: 'ok', ...conditional })
    expect(planned(plan, 'site:orphan')).toEqual({
      outcome: 'pending',
      confidence: 'unknown',
      dependsOn: ['site:make'],
    })
    expect(targetOf(plan)).toMatchObject({ outcome: 'changed', ok: 1, wouldChange: 5, pending: 1, failed: 0 })
    expect(existsSync(place.path('d'))).toBe(false)
  })

  it('depends on the state itself where a validate command may refuse', async () => {
    const args = { path: place.path('a'), content: 'a\n', validate: 'test -s %s' }
    place.states({ a: { 'file.managed': args } })
    const line = { outcome: 'would-change', confidence: 'conditional', dependsOn: ['site:a'] }
    expect(planned(await json('plan', 'site.yml'), 'site:a')).toEqual(line)
  })

  it('takes no lock and changes nothing', async () => {
    place.states({ a: file('a'), b: run('touch b') })
    await json('plan', 'site.yml')
    expect([place.path('a'), place.path('b'), place.lock].filter(existsSync)).toEqual([])
    expect(place.scratch()).toEqual([])
  })
})

describe.sequential('exit codes', () => {
  const config = (targets: object): string => place.write('prove.config.json', JSON.stringify({ targets }))
  const noShell = { executor: 'local', options: { shell: '/nonexistent/sh' } }

  it('0 and, when asked for, 4 when something changed', async () => {
    place.states({ a: file('a') })
    expect((await json('plan', 'site.yml')).exit).toBe(0)
    expect((await json('plan', 'site.yml', '--detailed-exitcode')).exit).toBe(4)
    expect((await json('apply', 'site.yml', '--detailed-exitcode')).exit).toBe(4)
    expect((await json('apply', 'site.yml', '--detailed-exitcode')).exit).toBe(0)
    rmSync(place.path('a'))
    expect((await json('apply', 'site.yml')).exit).toBe(0)
  })

  it('1 for what is wrong on this side', async () => {
    place.states({ a: { 'file.nonsense': '/x' } })
    expect((await place.prove(['plan', 'site.yml', '-o', 'json'])).exit).toBe(1)
    expect((await place.prove(['ping', '-o', 'xml'])).exit).toBe(1)
    expect((await place.prove(['ping', '--nonsense'])).exit).toBe(1)
  })

  it('2 when a state failed, 3 before all when a target cannot be reached', async () => {
    config({ here: { executor: 'local' }, gone: noShell })
    expect((await json('cmd', '-t', 'here', '--', 'false')).exit).toBe(2)
    const both = await json('cmd', '--', 'false')
    expect(both.exit).toBe(3)
    expect([targetOf(both, 'here').outcome, targetOf(both, 'gone').outcome]).toEqual(['failed', 'unreachable'])
    expect(eventsOf(both)).toContainEqual(
      expect.objectContaining({
        target: 'gone',
        event: 'error',
        error: expect.objectContaining({ code: 'PRV_TARGET_UNREACHABLE' }),
      }),
    )
    expect(targetOf(both, 'gone').roundTrips).toBe(0)
  })

  it('2 when a later state undoes an earlier one, which is named with its culprit', async () => {
    place.states({ a: file('a'), undo: run('echo undone >a') })
    const ended = await json('apply', 'site.yml')
    expect(ended.exit).toBe(2)
    expect(targetOf(ended).outcome).toBe('unstable')
    expect(lineOf(ended, 'site:a')).toMatchObject({
      outcome: 'unstable',
      reason: expect.stringContaining('site:undo undid it'),
    })
    expect(
      invocationsOf(ended)
        .filter(({ state }) => state === 'site:undo')
        .at(-1)?.outcome,
    ).toBe('changed')
    expect(counts(ended)).toMatchObject({ changed: 1, failed: 1 })
  })
})

it('tells what a guard kept from running as a guard, and to people only with -v', async () => {
  place.write('there', '')
  place.states({
    kept: { ...run('exit 1'), creates: place.path('there') },
    bad: run('exit 1'),
    left: { ...run('exit 1'), requires: 'bad' },
  })
  for (const command of ['plan', 'apply']) {
    const ended = await json(command, 'site.yml')
    expect(lineOf(ended, 'site:kept')).toMatchObject({ outcome: 'skipped', guarded: true })
    expect((await place.prove([command, 'site.yml'])).stdout).not.toContain('site:kept')
    expect((await place.prove([command, 'site.yml', '-v'])).stdout).toContain('site:kept')
  }
  const applied = await place.prove(['apply', 'site.yml', '-o', 'json'])
  expect(lineOf(applied, 'site:left').guarded).toBeUndefined()
  expect((await place.prove(['apply', 'site.yml'])).stdout).toContain('site:left')
})
