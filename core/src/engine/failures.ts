import type { PartInvocation } from './invocation.js'

/** Which states have failed, and what cannot run because of it. */
export class Failures {
  readonly #failed = new Set<string>()

  /** `state` failed, or was skipped because another did. */
  add(state: string): void {
    this.#failed.add(state)
  }

  /** It is about to run again. */
  forget(state: string): void {
    this.#failed.delete(state)
  }

  /** Why this part cannot run; undefined when nothing it needs has failed. */
  reasonFor({ state }: Pick<PartInvocation, 'state'>): string | undefined {
    if (this.#failed.has(state.id)) return 'an earlier part of this state did not succeed'
    const cause = state.requires.find((id) => this.#failed.has(id))
    return cause === undefined ? undefined : `requires ${cause}, which did not succeed`
  }
}
