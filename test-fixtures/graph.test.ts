import fc from 'fast-check'
import { expect, it } from 'vitest'
import { apply } from '../core/src/engine/apply.js'
import type { Applied } from '../core/src/engine/applied.js'
import { Interruption } from '../core/src/engine/interruption.js'
import { MemoryTarget } from '../core/src/testing/memory-target.js'
import { LocalGround, owner } from './local-session.js'

const ground = new LocalGround()

interface Drawn {
  /** Whether its file is already there. */
  readonly isThere: boolean
  readonly lazy: boolean
  /** Earlier states, and any states: as fractions of what there is. */
  readonly requires: readonly number[]
  readonly notify: readonly number[]
}

const fraction = fc.nat(999)

const drawn: fc.Arbitrary<readonly Drawn[]> = fc.array(
  fc.record({
    isThere: fc.boolean(),
    lazy: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    requires: fc.array(fraction, { maxLength: 2 }),
    notify: fc.array(fraction, { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 50 },
)

interface Declared {
  readonly lazy: boolean
  readonly requires: readonly number[]
  readonly notify: readonly number[]
}

/** Notifications that never come back: circles are failures, and have cases of their own. */
const withoutCircles = (declared: readonly Declared[]): readonly Declared[] => {
  const kept = declared.map(() => new Set<number>())
  const leads = (from: number, to: number): boolean =>
    from === to || [...(kept[from] ?? [])].some((next) => leads(next, to))
  for (const [i, { notify }] of declared.entries()) {
    for (const each of notify) if (!leads(each, i)) kept[i]?.add(each)
  }
  return declared.map((state, i) => ({ ...state, notify: [...(kept[i] ?? [])] }))
}

const declaredOf = (states: readonly Drawn[]): readonly Declared[] =>
  states.map(({ lazy, requires, notify }, i) => ({
    lazy,
    requires: i === 0 ? [] : [...new Set(requires.map((each) => each % i))],
    notify: [...new Set(notify.map((each) => each % states.length))].filter((each) => each !== i),
  }))

const statesOf = (declared: readonly Declared[]): Record<string, unknown> =>
  Object.fromEntries(
    declared.map(({ lazy, requires, notify }, i) => [
      `s${i}`,
      {
        'file.managed': { path: `/etc/${i}`, content: 'x' },
        ...(lazy ? { lazy } : {}),
        requires: requires.map((each) => `s${each}`),
        notify: notify.map((each) => `s${each}`),
      },
    ]),
  )

const run = async (target: MemoryTarget, states: Record<string, unknown>): Promise<readonly Applied[]> => {
  const reports = new Map<number, Applied>()
  await apply(ground.turns(states), {
    session: target,
    facts: target.facts,
    kinds: ground.kernel.kinds,
    interruption: new Interruption(),
    owner,
    speculate: true,
    report: (one) => reports.set(one.invocation.sequence, one),
  })
  return [...reports.values()].toSorted((a, b) => a.invocation.sequence - b.invocation.sequence)
}

const numberOf = ({ invocation }: Applied): number => Number(invocation.state.id.slice('test:s'.length))

it('2,000 random graphs: hard edges hold, no lazy state runs unasked, every notification is answered, a second run changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (all) => {
      const declared = withoutCircles(declaredOf(all))
      const states = statesOf(declared)
      const there = all.flatMap(({ isThere }, i) =>
        isThere ? [[`/etc/${i}`, { type: 'file', content: 'x' }] as const] : [],
      )
      const entries = Object.fromEntries([['/etc', { type: 'directory' }] as const, ...there])
      const target = new MemoryTarget({ entries, blobs: ground.blobs })
      const ran = await run(target, states)
      const order = ran.map(numberOf)
      const changed = new Set(ran.filter(({ outcome }) => outcome === 'changed').map(numberOf))
      expect(ran.every(({ outcome }) => outcome === 'ok' || outcome === 'changed')).toBe(true)
      for (const [i, { lazy, requires, notify }] of declared.entries()) {
        const first = order.indexOf(i)
        if (!lazy) expect(first, `s${i} runs`).toBeGreaterThanOrEqual(0)
        const askers = declared.flatMap((other, j) => (other.notify.includes(i) && changed.has(j) ? [j] : []))
        if (lazy) expect(first >= 0, `s${i} runs when, and only when, it is notified`).toBe(askers.length > 0)
        for (const before of requires) {
          // A state that was woken again has had its turn when what it requires was met.
          const isLazyToo = declared[before]?.lazy ?? false
          if (first >= 0 && !lazy && order.includes(before) && !isLazyToo) {
            expect(order.indexOf(before), `s${i} after s${before}`).toBeLessThan(first)
          }
        }
        if (changed.has(i)) {
          const turn = order.findIndex((each, k) => each === i && ran[k]?.outcome === 'changed')
          for (const each of notify) expect(order.lastIndexOf(each), `s${i} notifies s${each}`).toBeGreaterThan(turn)
        }
      }
      const again = await run(target, states)
      expect(again.filter(({ outcome }) => outcome !== 'ok').map(numberOf)).toEqual([])
    }),
    { numRuns: 2000, seed: 20261124 },
  )
}, 600_000)
