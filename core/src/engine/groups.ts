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
  /** Since its last turn, by the group: a deferred one hears of several rounds. */
  readonly #heard = new Map<string, Heard>()
  readonly #deferred = new Set<string>()
  /** Groups that have had their turn in this round. */
  readonly #closed = new Set<string>()
  /** The longest way by which notifications came to what a group has to tell, since its last turn. */
  readonly #chains = new Map<string, readonly string[]>()

  constructor(turns: readonly Turn[]) {
    for (const { state } of turns) {
      if (state.group === undefined) continue
      this.#groups.set(state.id, state.group)
      if (state.defer === true) this.#deferred.add(state.id)
      for (const id of belonging(state.group)) {
        const around = this.#around.get(id)
        if (around === undefined) this.#around.set(id, [state])
        else around.push(state)
      }
    }
  }

  /** Groups that had their turn begin anew: these are returned. */
  nextRound(): readonly string[] {
    const closed = [...this.#closed]
    for (const id of closed) {
      this.#heard.delete(id)
      this.#chains.delete(id)
    }
    this.#closed.clear()
    return closed
  }

  /** Whether a deferred group has heard something, and not had its turn since. */
  get hasUntold(): boolean {
    return [...this.#deferred].some((id) => !this.#closed.has(id) && (this.#heard.get(id)?.size ?? 0) > 0)
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
    for (const group of this.around(id)) {
      const heard = this.#heardBy(group.id)
      heard.set(id, together([heard.get(id) ?? nothing, ending]))
    }
  }

  /** Whether anything of this state was done in this round. */
  hasBegun(id: string): boolean {
    return [...this.#heard.values()].some((heard) => heard.get(id)?.began === 'yes')
  }

  isOpen(gates: readonly Gate[]): Likelihood {
    return least(
      gates.map(({ group, as }) => {
        const { members } = this.#groups.get(group) ?? empty
        const { began, failed } = this.#together(members, this.#heardBy(group))
        return as === 'always' ? began : failed
      }),
    )
  }

  /** How a group ended, when all that belongs to it has; `rescued` when a failure in it was made up for. */
  endOf(id: string, heard = this.#heardBy(id)): Ending & { readonly rescued: Likelihood } {
    const { members, rescue, always } = this.#groups.get(id) ?? empty
    const tried = this.#together(members, heard)
    const saved = this.#together(rescue, heard)
    const last = this.#together(always, heard)
    const lost: Likelihood = rescue.length === 0 ? 'yes' : most([saved.failed, saved.unmet])
    const failed = most([least([tried.failed, lost]), last.failed, last.unmet])
    const rescued = tried.failed === 'no' || failed === 'yes' ? 'no' : tried.failed
    const { began, changed } = together([tried, saved, last])
    // Members that were skipped for the failure of others are made up for with these.
    const unmet = rescued === 'yes' ? 'no' : tried.unmet
    return { began, changed, failed, unmet, rescued }
  }

  #heardBy(id: string): Heard {
    const known = this.#heard.get(id) ?? new Map<string, Ending>()
    this.#heard.set(id, known)
    return known
  }

  #together(ids: readonly string[], heard: Heard): Ending {
    return together(ids.map((id) => (this.#groups.has(id) ? this.endOf(id, heard) : (heard.get(id) ?? nothing))))
  }
}

/** What a group knows of the states in it, also of those in groups inside it. */
type Heard = Map<string, Ending>

const empty: CompiledGroup = { members: [], rescue: [], always: [] }

const belonging = ({ members, rescue, always }: CompiledGroup): readonly string[] => [...members, ...rescue, ...always]
