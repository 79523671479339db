import type { World } from '../world/world.js'
import type { Applied } from './applied.js'
import { Failures } from './failures.js'
import { Groups } from './groups.js'
import { definitionOf, type PartInvocation, type Turn } from './invocation.js'

/** What has come of a run so far. */
export class Records {
  readonly failures = new Failures()
  readonly groups: Groups
  readonly #applied = new Map<number, Applied>()

  constructor(
    turns: readonly Turn[],
    private readonly report: (applied: Applied) => void,
  ) {
    this.groups = new Groups(turns)
  }

  nextRound(): void {
    this.groups.nextRound()
  }

  get all(): readonly Applied[] {
    return [...this.#applied.values()]
  }

  has({ sequence }: PartInvocation): boolean {
    return this.#applied.has(sequence)
  }

  /** Takes in how a part ended, and tells it. True when it ended well. */
  add(applied: Applied, world: World): boolean {
    const { invocation, outcome, guarded, outputs = {} } = applied
    const { state, run } = invocation
    const failed = outcome === 'failed' || outcome === 'pending'
    const unmet = outcome === 'skipped' && guarded !== true
    if (failed || unmet) this.failures.add(invocation)
    const changed = hasChanged(applied)
    this.groups.end(state.id, {
      began: unmet ? 'no' : 'yes',
      changed: changed ? 'yes' : 'no',
      failed: failed ? 'yes' : 'no',
      unmet: unmet ? 'yes' : 'no',
    })
    world.tell(definitionOf(state), run, { ...outputs, changed })
    if (changed || failed) this.groups.lengthen(invocation)
    this.tell(applied)
    return !failed && !unmet
  }

  /** Tells what changes nothing for others. */
  tell(applied: Applied): void {
    this.#applied.set(applied.invocation.sequence, applied)
    this.report(applied)
  }

  /** A group has made up for the failures in it. */
  rescued(group: string): void {
    this.failures.rescued(group)
    const within = this.groups.within(group)
    for (const applied of this.all) {
      if (applied.outcome !== 'failed' || !within.includes(applied.invocation.state.id)) continue
      this.tell({ ...applied, outcome: 'rescued', reason: `${applied.reason ?? 'it failed'}; rescued by ${group}` })
    }
  }
}

/** A part whose steps have begun may have changed something, however it ended. */
export const hasChanged = ({ outcome, changes }: Applied): boolean =>
  outcome === 'changed' || (outcome === 'failed' && changes.length > 0)
