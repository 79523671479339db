import type { Read } from '../contracts/read.js'
import { overlaps, type World } from '../world/world.js'
import type { Applied } from './applied.js'
import type { Entry } from './entry.js'
import { examine, type Examination } from './examine.js'
import { believe } from './gather.js'
import { type PartInvocation, unwoken } from './invocation.js'
import { provesItself } from './resolve.js'

/**
 * After a run that changed something, everything it invoked is read and checked once more. Returns the parts that would
 * change again, as unstable, each with the state that undid it where that is known.
 */
export const finalProof = async (
  applied: readonly Applied[],
  touched: ReadonlyMap<number, Entry>,
  world: World,
  ask: (reads: readonly Read[]) => Promise<void>,
): Promise<readonly Applied[]> => {
  world.touch('everything')
  const proven = latestOf(applied).filter(
    ({ invocation, part = invocation.part, outcome, guarded }) =>
      // A lazy state does something when it is notified: that it would do it again proves nothing.
      !invocation.state.lazy &&
      provesItself(invocation.fn, part) &&
      (outcome === 'ok' || outcome === 'changed' || guarded === true),
  )
  for (;;) {
    const wanted = new Map<string, Read>()
    const unstable: Applied[] = []
    for (const one of proven) {
      const found = examine(again(one, world))
      if (found.verdict === 'wanted') for (const read of found.reads) wanted.set(read.key, read)
      else if (found.verdict === 'changes') unstable.push(unstableOf(one, found.changes, touched, world))
    }
    if (wanted.size === 0) return unstable
    await ask([...wanted.values()])
  }
}

/** Of parts that ran more than once, the last time. */
const latestOf = (applied: readonly Applied[]): readonly Applied[] => [
  ...new Map(applied.map((one) => [`${one.invocation.state.id}\0${one.invocation.index}`, one])).values(),
]

/** A part that a guard kept from running is looked at with its guards; one that ran, without those that say when. */
const again = ({ invocation, guarded }: Applied, world: World): Examination => ({
  // Whatever a notification gave it for once: the next run begins without.
  invocation: { ...unwoken(invocation), with: {} },
  lookup: believe(world),
  guards: guarded === true ? 'all' : 'creates',
})

const unstableOf = (
  { invocation, guarded }: Applied,
  changes: Applied['changes'],
  touched: ReadonlyMap<number, Entry>,
  world: World,
): Applied => {
  const rests = [...(touched.get(invocation.sequence)?.reads ?? [])].map((read) => world.rests(read))
  const later = [...touched.values()].filter((entry) => entry.invocation.sequence > invocation.sequence)
  const culprit = later.findLast((entry) => rests.length === 0 || rests.some((rest) => overlaps(entry.touched, rest)))
  const fields = changes.map(({ field }) => field).join(', ')
  const undone = culprit === undefined ? '' : `; ${culprit.invocation.state.id} undid it`
  const reason =
    guarded === true
      ? `its guard kept it from running, and does so no longer: ${fields}`
      : Object.keys(invocation.with).length > 0
        ? `it would change again: ${fields}; ${onlyOnce(invocation)}`
        : `it would change again: ${fields}${undone}`
  return { invocation, outcome: 'unstable', reason, changes }
}

/** What was given by a notification is gone in the next run, and the state with it. */
const onlyOnce = ({ with: given, wake }: PartInvocation): string =>
  `only the notification by ${wake?.by.join(', ') ?? 'another state'} gave it ${Object.keys(given).join(', ')}; what is to last must come from a variable, a fact or a late value that reads the target`
