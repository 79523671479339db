import { createHash } from 'node:crypto'
import type { CompiledState } from '../contracts/compiled.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import { canonicalJson } from '../json.js'
import { definitionOf, heedsNotice, type PartInvocation, type Turn, type Variables } from './invocation.js'
import { notificationsOf } from './notifications.js'

/** Whose notifications these are: entries of others are left alone. */
export interface LedgerOwner {
  /** The name of the catalog. */
  readonly catalog: string
  readonly environment: string
}

/** Whether an entry is for this catalog and environment. */
export const isOwn = ({ catalog, environment }: LedgerEntry, owner: LedgerOwner): boolean =>
  catalog === owner.catalog && environment === owner.environment

/**
 * Which notifications the target keeps for this run, so that none is lost when it is cut. An entry is needed as long as the
 * notification may still be made, waits to be answered, or was answered without success.
 */
export class Ledger {
  readonly #kept = new Set<string>()
  readonly #unanswered = new Map<string, number>()
  readonly #byId: ReadonlyMap<string, Turn>

  constructor(
    private readonly owner: LedgerOwner,
    turns: readonly Turn[],
    private readonly around: (id: string) => readonly CompiledState[],
  ) {
    this.#byId = new Map(turns.map((turn) => [turn.state.id, turn]))
  }

  /** Where the ledger keeps a notification: the same for equal ones, from run to run. */
  keyOf(state: string, given: Variables = {}): string {
    const { catalog, environment } = this.owner
    const text = canonicalJson([catalog, environment, state, given])
    return createHash('sha256').update(text).digest('hex').slice(0, 40)
  }

  /** What is to be kept before this part changes anything: its own notifications, and those of the groups around it. */
  promisesOf(invocation: PartInvocation): readonly LedgerEntry[] {
    const { state } = invocation
    const own = notificationsOf(invocation).map((notification) => ({ notification, by: state }))
    const groups = this.around(state.id).flatMap((by) => by.notifications.map((notification) => ({ notification, by })))
    return [...own, ...groups].flatMap(({ notification, by }) =>
      notification.on === 'changed'
        ? notification.states.flatMap((id) => this.entryOf(id, notification.with, by) ?? [])
        : [],
    )
  }

  /** The entry of one notification; undefined where the next run would do the same without. */
  entryOf(id: string, given: Variables = {}, by: CompiledState): LedgerEntry | undefined {
    const turn = this.#byId.get(id)
    if (turn === undefined) return undefined
    const isRun = !turn.state.lazy && turn.state.gates === undefined
    if (isRun && !heedsNotice(turn) && Object.keys(given).length === 0) return undefined
    const { catalog, environment } = this.owner
    const since = new Date().toISOString()
    return { key: this.keyOf(id, given), catalog, environment, state: id, with: given, by: definitionOf(by), since }
  }

  isKept(key: string): boolean {
    return this.#kept.has(key)
  }

  /** The target has these now. */
  keep(keys: readonly string[]): void {
    for (const key of keys) this.#kept.add(key)
  }

  /** An invocation begins that answers these; so many parts must end well. */
  begin(keys: readonly string[], parts: number): void {
    for (const key of keys) this.#unanswered.set(key, parts)
  }

  /** One of the parts that answer these has ended well. */
  succeed(keys: readonly string[]): void {
    for (const key of keys) {
      const left = (this.#unanswered.get(key) ?? 1) - 1
      if (left <= 0) this.#unanswered.delete(key)
      else this.#unanswered.set(key, left)
    }
  }

  /** Takes out what nobody needs any more, to be cleared on the target. */
  takeAnswered(...needed: readonly ReadonlySet<string>[]): readonly string[] {
    const answered = [...this.#kept].filter(
      (key) => !this.#unanswered.has(key) && !needed.some((keys) => keys.has(key)),
    )
    for (const key of answered) this.#kept.delete(key)
    return answered
  }
}
