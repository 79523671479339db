import { readFileSync, existsSync } from 'node:fs'
import { describe, expect, it, type TestContext } from 'vitest'
import { opener, optionsOf, testShells } from '../../../test-fixtures/shells.js'
import { noBlobs } from '../contracts/blob.js'
import type { FactSource } from '../contracts/facts.js'
import { createKernel } from '../kernel/kernel.js'
import { factsOperation } from '../operations/facts.js'
import { MemoryTarget } from '../testing/memory-target.js'
import { factFrame } from './fact-frames.js'
import { FactsChanged } from './known-facts.js'
import { openSession } from './open-session.js'
import type { ShellSession } from './shell-session.js'

/** A source of one fact: what its script printed. */
const said = (name: string, script: string, more: Partial<FactSource> = {}): FactSource => ({
  name,
  facts: { [name]: 'What was said.' },
  script,
  parse: (output) => ({ [name]: output.trim() }),
  ...more,
})

/** More than any source may print, of the same letter. */
const megabytes = (count: number): string => `head -c ${count}000000 /dev/zero | tr '\\0' x`

const shells = testShells()
const { kinds } = createKernel([])

describe.each(shells)('sources of facts in $name', (shell) => {
  const openWith = (ctx: TestContext, factSources: readonly FactSource[]): Promise<ShellSession> =>
    openSession({ open: opener(optionsOf(ctx, shell)), kinds, blobs: noBlobs, factSources })

  it('are asked in the round trip of the hello, the lazy ones in one more', async (ctx) => {
    const lazy = { lazy: true }
    const session = await openWith(ctx, [
      said('a', 'echo A'),
      said('b', 'echo B', lazy),
      said('c', 'echo C', lazy),
      said('d', 'echo D'),
    ])
    expect(session.roundTrips).toBe(1)
    expect(session.allFacts).toMatchObject({ ...session.facts, a: 'A', d: 'D' })
    expect(Object.keys(session.allFacts)).not.toContain('b')
    expect(await session.gatherFacts()).toMatchObject({ a: 'A', b: 'B', c: 'C', d: 'D' })
    expect(session.roundTrips).toBe(2)
    expect(await session.gatherFacts()).toEqual(session.allFacts)
    expect(session.roundTrips).toBe(2)
    await session.close()
  })

  it('are null where they hang, fail, print garbage or too much, and the others arrive', async (ctx) => {
    const session = await openWith(ctx, [
      said('first', 'echo 1', { seconds: 1 }),
      said('hangs', 'echo begun; while :; do sleep 100; done', { seconds: 1 }),
      said('deaf', "trap '' TERM; echo begun; while :; do sleep 100; done", { seconds: 1 }),
      said('huge', megabytes(20), { seconds: 1 }),
      said('endless', 'yes', { seconds: 1 }),
      said('broken', "echo 'never closed", { seconds: 1 }),
      said('garbage', 'head -c 3000 /dev/urandom', { seconds: 1, parse: (text) => JSON.parse(text) as never }),
      said('silent', 'exec >&- 2>&-; exit 7', { seconds: 1 }),
      said('nothing', 'echo x', { seconds: 1, parse: () => undefined as never }),
      said('circular', 'echo x', { seconds: 1, parse: circular }),
      said('last', 'printf "%s" "no line end"', { seconds: 1 }),
    ])
    expect(session.facts.hostname).toBe(readFileSync('/proc/sys/kernel/hostname', 'utf8').trim())
    expect(session.allFacts).toMatchObject({
      first: '1',
      hangs: null,
      deaf: null,
      huge: null,
      endless: null,
      garbage: null,
      broken: '',
      silent: '',
      nothing: null,
      circular: null,
      last: 'no line end',
    })
    // The loop is as sound as before.
    expect(await session.gatherFacts([said('later', 'echo here')])).toMatchObject({
      later: 'here',
      last: 'no line end',
    })
    await session.close()
  })

  it('meet nothing of each other, and cannot speak for each other or for the session', async (ctx) => {
    const session = await openWith(ctx, [
      said('one', 'exec 2>&1; set -e; cd /; i=7; m=x; D=/nonexistent; set -- a b; echo() { :; }; printf "x1.\\n"'),
      said('two', 'echo "$i$m$*$D" >/dev/null; printf "uid 77\\nkernel fake\\n"'),
      said('three', 'echo 3', { facts: { three: 'x', one: 'x', uid: 'x' }, parse: () => ({ one: 'no', uid: 9 }) }),
    ])
    expect(session.allFacts).toMatchObject({ one: 'x1.', two: 'uid 77\nkernel fake', three: null })
    expect(session.allFacts['uid']).toBe(session.facts.uid)
    expect(session.facts.kernel).toBe('Linux')
    await session.close()
  })

  it('may bound a part of what they do, and leave nothing behind', async (ctx) => {
    const script = 'mkdir "$D"; watch 1 sh -c "echo a; sleep 100" >"$D/a"; r=$?; read -r a <"$D/a"; echo "$D $a $r"'
    const session = await openWith(ctx, [said('part', script)])
    const [folder = '', ...rest] = String(session.allFacts['part']).split(' ')
    expect(rest).toEqual(['a', '124'])
    expect(existsSync(folder)).toBe(true)
    await session.close()
    expect(existsSync(folder)).toBe(false)
  })

  it('have programs looked for that were not asked for when the session was opened', async (ctx) => {
    let tools = ['sh']
    const growing = {
      ...kinds,
      get tools() {
        return tools
      },
    }
    const session = await openSession({ open: opener(optionsOf(ctx, shell)), kinds: growing, blobs: noBlobs })
    await session.seekTools()
    expect([session.facts.tools, session.roundTrips]).toEqual([['sh'], 1])
    tools = ['sh', 'uname', 'no-such-program']
    await session.seekTools()
    await session.seekTools()
    expect([session.facts.tools, session.roundTrips]).toEqual([['sh', 'uname'], 2])
    await session.close()
  })

  it('hold what was remembered of programs that are not asked for', async (ctx) => {
    const options = { open: opener(optionsOf(ctx, shell)), blobs: noBlobs }
    const first = await openSession({ ...options, kinds: { ...kinds, tools: ['sh', 'uname'] } })
    const remembered = { ...first.allFacts, tools: [...first.facts.tools, 'gone-since'] }
    await first.close()
    const second = await openSession({ ...options, kinds: { ...kinds, tools: ['sh'] }, remembered })
    await second.read([])
    expect([second.facts.tools, second.roundTrips]).toEqual([['sh', 'uname', 'gone-since'], 1])
    await second.close()
    const third = await openSession({ ...options, kinds: { ...kinds, tools: ['sh', 'gone-since'] }, remembered })
    await expect(third.read([])).rejects.toThrow(FactsChanged)
    expect(third.facts.tools).toEqual(['sh', 'uname'])
    await third.close()
  })
})

const circular = (): Record<string, unknown> => {
  const self: Record<string, unknown> = {}
  self['circular'] = self
  return self
}

describe('an answer that broke off', () => {
  const sources = [said('a', ''), said('b', '')]
  const frame = factFrame(sources, 'basic')
  const mark = /" ([0-9a-f]{24}) /.exec(frame.script)?.[1] ?? ''
  const whole = `x 1\n${mark}0\nA\n\n${mark}0.\n${mark}1\nB\n\n${mark}1.\n`

  it.each([
    ['nowhere', whole.length, 'x 1\n', 'A', 'B'],
    ['before the last end', whole.length - 20, 'x 1\n', 'A', null],
    ['in the first output', 30, 'x 1\n', null, null],
    ['in what stands beside', 3, 'x 1', null, null],
    ['at once', 0, '', null, null],
  ])('%s', (_where, length, beside, a, b) => {
    expect(frame.parse(whole.slice(0, length))).toEqual({ beside, facts: [{ a }, { b }] })
  })
})

it('the operation gathers everything, sorted', async () => {
  const session = new MemoryTarget({
    blobs: noBlobs,
    sourceFacts: { family: 'debian' },
    lazyFacts: { zone: 1, disks: {} },
  })
  expect(session.allFacts).toMatchObject({ family: 'debian', os: 'debian' })
  expect(await session.gatherFacts([said('disks', '')])).toMatchObject({ disks: {}, family: 'debian' })
  const { result } = (await factsOperation.action({}, { session } as never)) as { result: Record<string, unknown> }
  expect(Object.keys(result)).toEqual(Object.keys(result).toSorted())
  expect(result).toMatchObject({ family: 'debian', zone: 1, disks: {}, hostname: 'memory' })
  expect(session.roundTrips).toBe(3)
})
