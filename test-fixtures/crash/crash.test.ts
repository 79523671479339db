import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ended, invocationsOf, targetOf } from '../cli/prove.js'
import { mapBounded } from '../shells.js'
import { CrashGround } from './ground.js'

/** What ends without warning: the master, the shell that serves it, or all that this shell has begun as well. */
const victims = ['prove', 'shell', 'everything'] as const

/** Accidents for each victim: PROVE_CRASH_ALL=1 has one at every point of the conversation, PROVE_CRASH_AT=17 only that one. */
const accidents = process.env['PROVE_CRASH_ALL'] === undefined ? 8 : Number.POSITIVE_INFINITY
const only = process.env['PROVE_CRASH_AT']

const undisturbed = new CrashGround()
afterAll(() => undisturbed.place.remove())

/** What each run said or heard, in order: the middle of each frame, its end, and each answer. */
let points: readonly string[] = []

beforeAll(async () => {
  expect((await undisturbed.apply()).exit).toBe(0)
  points = undisturbed.points()
})

it('the run that nothing disturbs tells all that are to hear, and leaves nothing', async () => {
  expect(undisturbed.logs()).toEqual({
    alarm: 1,
    announced: 2,
    closing: 1,
    confirm: 1,
    'reload-app': 1,
    'reload-db': 1,
    'reload-web': 2,
    sync: 1,
    tell: 1,
  })
  expect(points.filter((point) => !point.startsWith('half')).length).toBeGreaterThan(100)
  expect([...undisturbed.stale(), ...undisturbed.leftOver()]).toEqual([])
})

/** Every point, or every so many from a place that chance chooses. */
const chosen = (): readonly number[] => {
  if (only !== undefined) return [Number(only)]
  const stride = Math.max(1, points.length / accidents)
  const first = stride === 1 ? 1 : 1 + Math.floor(Math.random() * stride)
  const all = points.map((_point, i) => i + 1)
  return all.filter((point) => Math.floor((point - first) / stride) !== Math.floor((point - 1 - first) / stride))
}

/** What a run that met with an accident may say: nothing, or that the target is lost. */
const isHonest = (ended: Ended, victim: string, point: number): boolean => {
  if (victim === 'prove') return ended.exit === null && ended.stderr === ''
  const { outcome } = targetOf(ended)
  if (ended.exit === 3) return point <= points.indexOf('< ready') + 1 && outcome === 'unreachable'
  // The last frame may be answered before the shell is gone, and what is answered is true.
  if (ended.exit === 0) return point > points.findLastIndex((each) => each.startsWith('half of > x')) + 1
  return ended.exit === 2 && outcome === 'lost'
}

/** Has an accident in a place of its own, and tells what the next run did not make good. */
const wrongAfter = async (victim: string, point: number): Promise<readonly string[]> => {
  const ground = new CrashGround()
  const wrong: string[] = []
  const say = (what: string, seen: unknown): void => {
    wrong.push(`${victim}:${point} (${points[point - 1]}): ${what}: ${JSON.stringify(seen)}`)
  }
  try {
    const cut = await ground.apply(`${victim}:${point}`)
    if (!isHonest(cut, victim, point)) say('the run that was cut', cut)
    await ground.orphansEnd()
    const next = await ground.apply()
    if (next.exit !== 0) say('the next run', next)
    const [tree, expected] = [ground.tree(), undisturbed.tree()]
    for (const name of new Set([...Object.keys(tree), ...Object.keys(expected)])) {
      if (tree[name] !== expected[name]) say(name, [tree[name], expected[name]])
    }
    for (const name of Object.keys(undisturbed.logs())) if (ground.logs()[name] === undefined) say('never told', name)
    if (ground.stale().length > 0) say('told too early', ground.stale())
    if (ground.leftOver().length > 0) say('left over', ground.leftOver())
    const changed = invocationsOf(await ground.apply()).filter(({ outcome }) => !['ok', 'skipped'].includes(outcome))
    if (changed.length > 0)
      say(
        'the run after',
        changed.map(({ state, outcome }) => `${state} ${outcome}`),
      )
    if (ground.leftOver().length > 0) say('left over by the run after', ground.leftOver())
  } catch (error) {
    say('error', String(error))
  }
  ground.place.remove()
  return wrong
}

it.each(victims)(
  'kill -9 of %s: the next run ends as if nothing had been, no notification is lost, no file left over',
  async (victim) => {
    const wrong: string[] = []
    const accidentsAt = chosen()
    await mapBounded(accidentsAt, 3, async (point) => {
      wrong.push(...(await wrongAfter(victim, point)))
    })
    expect(accidentsAt.length).toBeGreaterThan(0)
    expect(wrong).toEqual([])
  },
  3_600_000,
)
