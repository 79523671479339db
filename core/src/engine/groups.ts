import type { CompiledGroup, CompiledState, Gate } from '../contracts/compiled.js'
import { definitionOf, identityOf, type PartInvocation, type Turn } from './invocation.js'

/** In a run it is known; a plan may only guess. */
export type Likelihood = 'no' | 'maybe' | 'yes'

/** How a state, or a group, ended in this round. */
export interface Ending {
  readonly began: Likelihood
  readonly changed: Likelihood
  readonly failed: Likelihood
  /** It did not run, because something it requires did not succeed. */
  readonly unmet: Likelihood
}

const weights = { no: 0, maybe: 1, yes: 2 } as const

const most = (all: readonly Likelihood[]): Likelihood =>
  all.reduce<Likelihood>((a, b) => (weights[a] >= weights[b] ? a : b), 'no')

const least = (all: readonly Likelihood[]): Likelihood =>
  all.reduce<Likelihood>((a, b) => (weights[a] <= weights[b] ? a : b), 'yes')

const nothing: Ending = { began: 'no', changed: 'no', failed: 'no', unmet: 'no' }

const together = (all: readonly Ending[]): Ending => ({
  began: most(all.map(({ began }) => began)),
  changed: most(all.map(({ changed }) => changed)),
  failed: most(all.map(({ failed }) => failed)),
  unmet: most(all.map(({ unmet }) => unmet)),
})

/** Keeps, for one round, how the states of groups ended, and so which of their branches run. */
export class Groups {
  readonly #groups = new Map<string, CompiledGroup>()
  /** The groups that a state or group belongs to. */
  readonly #around = new Map<string, CompiledState[]>()
  readonly #endings = new Map<string, Ending>()
  /** Groups that have had their turn in this round. */
  readonly #closed = new Set<string>()
  /** The longest way by which notifications came to what a group has to tell, since its last turn. */
  readonly #chains = new Map<string, readonly string[]>()

  constructor(turns: readonly Turn[]) {
    for (const { state } of turns) {
      if (state.group === undefined) continue
      this.#groups.set(state.id, state.group)
      for (const id of belonging(state.group)) {
        const around = this.#around.get(id)
        if (around === undefined) this.#around.set(id, [state])
        else around.push(state)
      }
    }
  }

  /** Forgets what every group around it has heard of: a deferred one is still to hear. Returns the groups that have heard. */
  nextRound(): readonly string[] {
    for (const id of this.#endings.keys()) {
      if (this.around(id).every((group) => this.#closed.has(group.id))) this.#endings.delete(id)
    }
    const closed = [...this.#closed]
    for (const id of closed) this.#chains.delete(id)
    this.#closed.clear()
    return closed
  }

  /** The invocations that led to what a group has to tell. */
  chainOf(id: string): readonly string[] {
    return this.#chains.get(id) ?? []
  }

  /** What the groups around it have to tell follows from this invocation, and from those that led to it. */
  lengthen({ state, with: given, wake }: PartInvocation): void {
    const chain = [...(wake?.chain ?? []), identityOf(definitionOf(state), given)]
    for (const { id } of this.around(state.id)) {
      if (chain.length >= this.chainOf(id).length) this.#chains.set(id, chain)
    }
  }

  /** All that belongs to the group has had its turn. */
  close(id: string): void {
    this.#closed.add(id)
  }

  /** The groups around a state, the inner ones first. */
  around(id: string): readonly CompiledState[] {
    const own = this.#around.get(id) ?? []
    return [...new Set([...own, ...own.flatMap((group) => this.around(group.id))])]
  }

  /** Every state in a group, also of the groups inside it. */
  within(id: string): readonly string[] {
    const group = this.#groups.get(id)
    return group === undefined ? [id] : belonging(group).flatMap((each) => this.within(each))
  }

  /** Adds how a part ended. */
  end(id: string, ending: Ending): void {
    if (this.#around.has(id)) this.#endings.set(id, together([this.#endings.get(id) ?? nothing, ending]))
  }

  /** Whether anything of this state was done in this round. */
  hasBegun(id: string): boolean {
    return this.#endings.get(id)?.began === 'yes'
  }

  isOpen(gates: readonly Gate[]): Likelihood {
    return least(
      gates.map(({ group, as }) => {
        const { began, failed } = this.#together(this.#groups.get(group)?.members ?? [])
        return as === 'always' ? began : failed
      }),
    )
  }

  /** How a group ended, when all that belongs to it has; `rescued` when a failure in it was made up for. */
  endOf({ members, rescue, always }: CompiledGroup): Ending & { readonly rescued: Likelihood } {
    const [tried, last, all] = [members, always, [...members, ...rescue, ...always]].map((ids) => this.#together(ids))
    const saved = this.#together(rescue)
    const lost: Likelihood = rescue.length === 0 ? 'yes' : most([saved.failed, saved.unmet])
    const failedMembers = tried?.failed ?? 'no'
    const failed = most([least([failedMembers, lost]), last?.failed ?? 'no', last?.unmet ?? 'no'])
    const rescued = failedMembers === 'no' || failed === 'yes' ? 'no' : failedMembers
    return {
      began: all?.began ?? 'no',
      changed: all?.changed ?? 'no',
      failed,
      // Members that were skipped for the failure of others are made up for with these.
      unmet: rescued === 'yes' ? 'no' : least([tried?.unmet ?? 'no', rescued === 'maybe' ? 'maybe' : 'yes']),
      rescued,
    }
  }

  #together(ids: readonly string[]): Ending {
    return together(ids.map((id) => this.#endingOf(id)))
  }

  #endingOf(id: string): Ending {
    const group = this.#groups.get(id)
    return (group === undefined ? this.#endings.get(id) : this.endOf(group)) ?? nothing
  }
}

const belonging = ({ members, rescue, always }: CompiledGroup): readonly string[] => [...members, ...rescue, ...always]
