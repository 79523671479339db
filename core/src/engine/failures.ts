import type { PartInvocation } from './invocation.js'

/** Which states have failed, and what cannot run because of it. */
export class Failures {
  readonly #states = new Set<string>()
  readonly #runs = new Set<number>()

  /** The invocation failed, or was skipped because another did. */
  add({ state, run }: Pick<PartInvocation, 'state' | 'run'>): void {
    this.#states.add(state.id)
    this.#runs.add(run)
  }

  /** A group ended: it did not do what it is for, or has failed before and what failed in it has not run since. */
  endGroup(id: string, isBad: boolean, within: readonly string[]): void {
    if (isBad) this.#states.add(id)
    else if (!within.some((each) => this.#states.has(each))) this.#states.delete(id)
  }

  /** A group made up for what failed in it. */
  rescued(id: string): void {
    this.#states.delete(id)
  }

  /** It is about to run again. */
  forget(id: string): void {
    this.#states.delete(id)
  }

  /** Why this part cannot run; undefined when nothing it needs has failed. */
  reasonFor({ state, run }: Pick<PartInvocation, 'state' | 'run'>): string | undefined {
    if (this.#runs.has(run)) return 'an earlier part of this state did not succeed'
    const cause = state.requires.find((id) => this.#states.has(id))
    return cause === undefined ? undefined : `requires ${cause}, which did not succeed`
  }
}
