import fc from 'fast-check'
import { expect, it } from 'vitest'
import { apply } from '../core/src/engine/apply.js'
import type { Applied } from '../core/src/engine/applied.js'
import { Interruption } from '../core/src/engine/interruption.js'
import type { Turn } from '../core/src/engine/invocation.js'
import { plan } from '../core/src/engine/plan.js'
import { MemoryTarget } from '../core/src/testing/memory-target.js'
import { LocalGround, owner } from './local-session.js'
import { falsePromises } from './oracle/judge.js'
import { type Graph, type GraphGroup, type GraphState, type Notify, randomGraph, writtenOf } from './random-graph.js'

const ground = new LocalGround()

const targetOf = ({ states }: Graph): MemoryTarget => {
  const there = states.flatMap(({ isThere }, i) =>
    isThere ? [[`/etc/${i}`, { type: 'file', content: 'x' }] as const] : [],
  )
  const entries = Object.fromEntries([['/etc', { type: 'directory' }] as const, ...there])
  return new MemoryTarget({ entries, blobs: ground.blobs })
}

interface Run {
  readonly reports: readonly Applied[]
  /** Each part as it ended, in order. */
  readonly ran: readonly Applied[]
}

const run = async (target: MemoryTarget, turns: readonly Turn[]): Promise<Run> => {
  const reports: Applied[] = []
  await apply(turns, {
    session: target,
    facts: target.facts,
    kinds: ground.kernel.kinds,
    interruption: new Interruption(),
    owner,
    speculate: true,
    report: (one) => reports.push(one),
  })
  const last = new Map(reports.map((one) => [one.invocation.sequence, one]))
  return { reports, ran: [...last.values()].toSorted((a, b) => a.invocation.sequence - b.invocation.sequence) }
}

const foretold = (target: MemoryTarget, turns: readonly Turn[]) =>
  plan(turns, {
    reader: target,
    facts: target.facts,
    kinds: ground.kernel.kinds,
    owner,
    ledger: () => target.ledger(),
  })

/** Who notifies a state, and what it must have been given. */
interface Asker {
  readonly members: readonly number[]
  readonly with: number | undefined
}

/** What a run of a graph did, state by state. */
class Ran {
  readonly #ids: readonly string[]

  constructor(
    private readonly graph: Graph,
    private readonly all: readonly Applied[],
  ) {
    this.#ids = all.map(({ invocation }) => invocation.state.id)
  }

  check(): void {
    for (const [i, state] of this.graph.states.entries()) this.#state(i, state)
    for (const [g, group] of this.graph.groups.entries()) this.#group(g, group)
    for (const k of this.all.keys()) this.#requirements(k)
  }

  first(i: number): number {
    return this.#ids.indexOf(`test:s${i}`)
  }

  /** Where a state changed something, if it did. */
  #changedAt(i: number): number {
    return this.all.findIndex(
      ({ invocation, outcome }) => invocation.state.id === `test:s${i}` && outcome === 'changed',
    )
  }

  #askers(i: number): readonly Asker[] {
    const asking = (members: readonly number[], notify: readonly Notify[]): readonly Asker[] =>
      notify.flatMap(({ to, with: given }) => (to === i ? [{ members, with: given }] : []))
    return [
      ...this.graph.states.flatMap(({ notify }, j) => asking([j], notify)),
      ...this.graph.groups.flatMap(({ members, hasRescue, notify }, g) =>
        asking(hasRescue ? [...members, this.#rescueNumber(g)] : members, notify),
      ),
    ]
  }

  /** The rescue of a group among the numbers of states. */
  #rescueNumber(g: number): number {
    return -1 - g
  }

  #changeOf(number: number): number {
    if (number >= 0) return this.#changedAt(number)
    return this.all.findIndex(
      ({ invocation, outcome }) => invocation.state.id === `test:g${-1 - number}/r` && outcome === 'changed',
    )
  }

  #state(i: number, { lazy, fails }: GraphState): void {
    const own = this.all.flatMap((one, k) => (this.#ids[k] === `test:s${i}` ? [{ one, k }] : []))
    for (const { one } of own) {
      const wanted = fails ? ['failed', 'rescued', 'skipped'] : ['ok', 'changed', 'skipped']
      expect(wanted, `s${i} ended as it can`).toContain(one.outcome)
    }
    if (!lazy) expect(own.length, `s${i} runs`).toBeGreaterThan(0)
    const askers = this.#askers(i).map(({ members, with: given }) => ({
      given,
      at: members.map((member) => this.#changeOf(member)).filter((k) => k >= 0),
    }))
    for (const { one } of own) {
      const given = one.invocation.with['n']
      const isOwn = !lazy && given === undefined
      const isAsked = askers.some((asker) => asker.given === given && asker.at.length > 0)
      expect(isOwn || isAsked, `s${i} runs with ${JSON.stringify(given)} when, and only when, it is notified`).toBe(
        true,
      )
    }
    for (const { given, at } of askers) {
      for (const k of at) {
        const answered = own.some((each) => each.one.invocation.with['n'] === given && each.k > k)
        expect(answered, `s${i} answers a notification with ${JSON.stringify(given)}`).toBe(true)
      }
    }
  }

  #group(g: number, { members, hasRescue }: GraphGroup): void {
    const hasFailed = members.some((i) =>
      this.all.some(
        ({ outcome }, k) => this.#ids[k] === `test:s${i}` && (outcome === 'failed' || outcome === 'rescued'),
      ),
    )
    expect(this.#ids.includes(`test:g${g}/r`), `the rescue of g${g} runs when, and only when, a member failed`).toBe(
      hasRescue && hasFailed,
    )
  }

  /** What runs has what it requires; and what was skipped lacks it. */
  #requirements(k: number): void {
    const one = this.all[k]
    if (one === undefined) return
    const { requires } = one.invocation.state
    const isBad = (id: string): boolean => {
      const last = this.all.findLast((_, j) => j < k && this.#ids[j] === id)
      return last !== undefined && ['failed', 'rescued', 'skipped'].includes(last.outcome)
    }
    const bad = requires.filter(isBad)
    if (one.outcome === 'skipped') {
      const mayBeBad = requires.some((id) => this.graph.groups.some((_, g) => id === `test:g${g}`))
      expect(bad.length > 0 || mayBeBad, `${one.invocation.state.id} was skipped for something`).toBe(true)
    } else expect(bad, `${one.invocation.state.id} has what it requires`).toEqual([])
    for (const id of requires) {
      const [own, other] = [this.#ids.indexOf(one.invocation.state.id), this.#ids.indexOf(id)]
      const isLazy = this.#isLazy(one.invocation.state.id) || this.#isLazy(id)
      if (!isLazy && other >= 0) expect(other, `${id} before ${one.invocation.state.id}`).toBeLessThan(own)
    }
  }

  #isLazy(id: string): boolean {
    return this.graph.states[Number(id.slice('test:s'.length))]?.lazy ?? false
  }
}

it('2,000 random graphs: edges hold, notifications are answered, rescues rescue, plans keep their promises, a second run changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(randomGraph, async (graph) => {
      const turns = ground.turns(writtenOf(graph))
      const target = targetOf(graph)
      const lines = await foretold(target, turns)
      const { reports, ran } = await run(target, turns)
      new Ran(graph, ran).check()
      expect(falsePromises(lines, reports)).toEqual([])
      if (graph.states.every(({ fails }) => !fails)) expect(await target.ledger(), 'nothing waits').toEqual([])
      const again = await run(target, turns)
      expect(again.ran.filter(({ outcome }) => outcome === 'changed')).toEqual([])
    }),
    { numRuns: 2000, seed: 20261124 },
  )
}, 600_000)

it('500 random graphs: whatever the order of declaration, the end is the same', async () => {
  const withOrder = randomGraph.chain((graph) => {
    const all = graph.states.map((_, i) => i)
    return fc.record({
      graph: fc.constant({ ...graph, states: graph.states.map((state) => ({ ...state, fails: false })) }),
      order: fc.shuffledSubarray(all, { minLength: all.length }),
    })
  })
  await fc.assert(
    fc.asyncProperty(withOrder, async ({ graph, order }) => {
      const ends = await Promise.all(
        [writtenOf(graph), writtenOf(graph, order)].map(async (states) => {
          const target = targetOf(graph)
          const { ran } = await run(target, ground.turns(states))
          const told = ran.map(({ invocation: { state }, outcome }) => `${state.id} ${outcome}`)
          return {
            entries: [...target.entries].toSorted(([a], [b]) => a.localeCompare(b)),
            changed: told.filter((one) => one.endsWith('changed')).toSorted(),
          }
        }),
      )
      expect(ends[1]).toEqual(ends[0])
    }),
    { numRuns: 500, seed: 20261125 },
  )
}, 600_000)
