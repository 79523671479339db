import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  definePlugin,
  defineState,
  type NumberedStep,
  quoteAll,
  type Read,
  type ReadKind,
  type Step,
  type StepKind,
  z,
} from '@prove/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { apply } from '../core/src/engine/apply.js'
import type { Applied } from '../core/src/engine/applied.js'
import { Interruption } from '../core/src/engine/interruption.js'
import type { ShellSession } from '../core/src/wire/shell-session.js'
import { LocalGround, owner } from './local-session.js'

const folder = mkdtempSync(join(tmpdir(), 'prove-joined-'))
const store = join(folder, 'store')
const log = join(folder, 'log')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface AddStep extends Step {
  readonly kind: 'thing.add'
  readonly names: readonly string[]
}

/** Things are lines of a file. Adding some is one transaction, which refuses the thing named "bad", and touches everything. */
const things: ReadKind<string, boolean> = {
  name: 'thing',
  tools: [],
  script: (names) =>
    names.map((name) => `if grep -qx ${quoteAll([name])} '${store}'; then echo y; else echo n; fi`).join('\n'),
  parse: (output, names) => {
    const lines = output.toString('utf8').split('\n')
    return names.map((_name, i) => ({ ok: true, value: lines[i] === 'y' }))
  },
}

const thing = (name: string): Read<boolean> => ({ kind: 'thing', key: `thing:${name}`, query: name })

const command = (names: readonly string[]): string => `add ${quoteAll(names)}`

const adding: StepKind<AddStep> = {
  name: 'thing.add',
  library: () =>
    `add() { echo "$*" >>'${log}'; for n; do [ "$n" != bad ] || fail 'bad is refused'; done; for n; do echo "$n"; done >>'${store}'; }`,
  command: ({ names }) => command(names),
  // It may run for long, and would have a frame of its own.
  seconds: () => 60,
  joins: ({ names }, earlier) => !names.includes('loner') && !earlier.names.includes('loner'),
  batches: (steps: readonly NumberedStep<AddStep>[]) =>
    steps.length < 2
      ? []
      : [
          {
            key: `things:${steps.map(({ number }) => number).join()}`,
            steps,
            files: [],
            command: () => command(steps.flatMap(({ step }) => step.names)),
          },
        ],
}

const present = defineState({
  name: 'thing.present',
  about: 'A thing is there.',
  main: 'name',
  args: { name: z.string() },
  reads: ({ name }) => ({ now: thing(name) }),
  check: (_args, { now }) => (now ? [] : [{ field: 'thing', from: null, to: 'there' }]),
  apply: ({ name }) => [{ kind: 'thing.add', names: [name] } as AddStep],
})

const plugin = definePlugin({
  name: 'state-thing',
  core: '*',
  states: [present],
  reads: [things],
  steps: [adding],
})

const ground = new LocalGround([plugin])

describe('steps that touch everything, and may join each other', () => {
  let session: ShellSession
  beforeAll(async () => {
    session = await ground.open()
  })
  afterAll(() => session.close())
  beforeEach(() => {
    writeFileSync(store, '')
    writeFileSync(log, '')
  })
  const run = async (states: Readonly<Record<string, unknown>>, speculate = true) => {
    const last = new Map<number, Applied>()
    const before = session.roundTrips
    await apply(ground.turns(states), {
      session,
      facts: session.facts,
      kinds: ground.kernel.kinds,
      interruption: new Interruption(),
      owner,
      speculate,
      report: (each) => last.set(each.invocation.sequence, each),
    })
    const told = [...last.values()].map(({ invocation, outcome }) => `${invocation.state.id.slice(5)} ${outcome}`)
    return {
      told,
      trips: session.roundTrips - before,
      transactions: readFileSync(log, 'utf8').split('\n').slice(0, -1),
    }
  }

  const of = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { 'thing.present': name }]))

  it('go in one transaction', async () => {
    const { told, trips, transactions } = await run(of('a', 'b', 'c'))
    expect(told).toEqual(['a changed', 'b changed', 'c changed'])
    expect(transactions).toEqual(['a b c'])
    expect(trips).toBe(3)
  })

  it('go one by one without speculation, to the same end', async () => {
    const { told, transactions } = await run(of('a', 'b', 'c'), false)
    expect(told).toEqual(['a changed', 'b changed', 'c changed'])
    expect(transactions).toEqual(['a', 'b', 'c'])
  })

  it('are done alone where together they fail, and each tells its own end', async () => {
    const { told, transactions } = await run(of('a', 'bad', 'c'))
    expect(told).toEqual(['a changed', 'bad failed', 'c changed'])
    expect(transactions).toEqual(['a bad c', 'a', 'bad', 'c'])
  })

  it('take what requires a failed one out', async () => {
    const states = { ...of('bad'), c: { 'thing.present': 'c', requires: 'bad' } }
    expect((await run(states)).told).toEqual(['bad failed', 'c skipped'])
    expect(readFileSync(store, 'utf8')).toBe('')
  })

  it('are parted by whatever may see what they did', async () => {
    const guarded = { 'thing.present': 'b', unless: `grep -qx a '${store}'` }
    const { told, transactions } = await run({ ...of('a'), b: guarded, ...of('c', 'd') })
    expect(told).toEqual(['a changed', 'b skipped', 'c changed', 'd changed'])
    expect(transactions).toEqual(['a', 'c d'])
  })

  it('are parted by one that is as it should be already, which is looked at again', async () => {
    writeFileSync(store, 'b\n')
    const { told, transactions } = await run(of('a', 'b', 'c'))
    expect(told).toEqual(['a changed', 'b ok', 'c changed'])
    expect(transactions).toEqual(['a', 'c'])
  })

  it('do not join one that stands alone', async () => {
    expect((await run(of('a', 'loner', 'c'))).transactions).toEqual(['a', 'loner', 'c'])
  })

  it('begin again behind another step', async () => {
    const states = { ...of('a', 'b'), f: { 'cmd.run': `rm -f '${folder}/none'` }, ...of('c', 'd') }
    expect((await run(states)).transactions).toEqual(['a b', 'c d'])
  })

  it('come before whom they notify', async () => {
    const reload = { 'cmd.run': `echo r >>'${log}'`, lazy: true }
    const states = { a: { 'thing.present': 'a', notify: 'r' }, ...of('b'), r: reload }
    const { told, transactions } = await run(states)
    expect(told.toSorted()).toEqual(['a changed', 'b changed', 'r changed'])
    expect(transactions).toEqual(['a b', 'r'])
  })
})
