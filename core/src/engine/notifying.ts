import type { Notification } from '../contracts/compiled.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { Read } from '../contracts/read.js'
import type { Evaluated } from '../late/evaluate.js'
import { settle } from '../late/settle.js'
import type { Kinds } from '../wire/session-options.js'
import { type Agenda, loopReason, type Notifier } from './agenda.js'
import type { Applied } from './applied.js'
import type { Dispatch } from './dispatch.js'
import { believe, readAll } from './gather.js'
import { definitionOf, type PartInvocation, type Turn, type Variables } from './invocation.js'
import { type Ask, scopeOf } from './late-part.js'
import type { Ledger } from './ledger.js'

/** The variables of a notification, in the scope of its notifier. */
export const variablesOf = (
  written: Variables | undefined,
  { state, with: given }: Notifier,
  ask: Ask,
  kinds: Pick<Kinds, 'read'>,
): Evaluated => {
  if (written === undefined) return { value: {} }
  const scope = scopeOf(state.with, given, ask, kinds)
  return 'with' in scope ? settle(written, scope) : scope
}

/** Whoever notified in an earlier run; what had been given to it then is not known any more. */
export const formerNotifier = (turns: ReadonlyMap<string, Turn>, { by, state }: LedgerEntry): Notifier | undefined => {
  const found = turns.get(state)?.state
  return found === undefined ? undefined : { state: turns.get(by)?.state ?? { ...found, with: {} }, with: {} }
}

/** An invocation to tell of a notification that is not answered. */
export const unanswered = (
  turn: Turn | undefined,
  by: string,
  agenda: Pick<Agenda, 'nextSequence'>,
): PartInvocation | undefined => {
  const wake = { by: [by], chain: [], because: [], certain: true, keys: [] }
  const first = turn?.parts[0]
  return first === undefined ? undefined : { ...first, sequence: agenda.nextSequence(), wake }
}

/** What is told of variables that cannot be evaluated. */
export const wrongVariables = (by: string, given: Evaluated): string =>
  `the variables that ${by} gives it are wrong: ${'problem' in given ? given.problem : 'they are not known'}`

export interface NotifyingGround {
  readonly agenda: Agenda
  readonly ledger: Ledger
  readonly dispatch: Dispatch
  readonly kinds: Pick<Kinds, 'read'>
  /** Tells what is not answered. */
  readonly tell: (applied: Applied) => void
}

/** Passes on what came of a part, or of a group, to those who are to hear of it. */
export class Notifying {
  readonly #turns: ReadonlyMap<string, Turn>

  constructor(
    turns: readonly Turn[],
    private readonly ground: NotifyingGround,
  ) {
    this.#turns = new Map(turns.map((turn) => [turn.state.id, turn]))
  }

  async notify(from: Notifier, notifications: readonly Notification[], on: Notification['on']): Promise<void> {
    for (const notification of notifications) {
      if (notification.on !== on) continue
      const given = await this.#variables(from, notification.with)
      for (const id of notification.states) this.#call(from, id, notification, given)
    }
  }

  /** Answers what an earlier run could not. False where there is no such state. */
  async recall(entry: LedgerEntry): Promise<boolean> {
    const { agenda, ledger } = this.ground
    const { key, state, with: written, by, since } = entry
    const from = formerNotifier(this.#turns, entry)
    if (from === undefined) return false
    ledger.keep([key])
    const given = await this.#variables(from, written)
    const wake = { by: [by], because: [], certain: true, keys: [key], since }
    if ('value' in given) agenda.recall({ state, with: given.value as Variables }, wake)
    else this.#misgiven(state, by, key, given)
    return true
  }

  #call(from: Notifier, id: string, { on, with: written }: Notification, given: Evaluated): void {
    const { agenda, ledger, dispatch } = this.ground
    const by = definitionOf(from.state)
    // A failure is known only now; a change was noted before its first step.
    const entry = on === 'failed' ? ledger.entryOf(id, written, from.state) : undefined
    if (entry !== undefined && !ledger.isKept(entry.key)) dispatch.batch.note([entry])
    const key = ledger.keyOf(id, written)
    if (!('value' in given)) return this.#misgiven(id, by, key, given)
    const wake = { by: [by], because: [], certain: true, keys: [key] }
    const loop = agenda.wake(from, { state: id, with: given.value as Variables }, wake)
    if (loop !== undefined) this.#unanswered(id, by, loopReason(loop.chain))
  }

  async #variables(from: Notifier, written: Variables | undefined): Promise<Evaluated> {
    const { dispatch, kinds } = this.ground
    const look = believe(dispatch.world)
    for (;;) {
      const wanted: Read[] = []
      const ask: Ask = (read) => {
        const found = look(read)
        if (found !== 'wanted' && 'known' in found) return found.known
        wanted.push(read)
        return undefined
      }
      const found = variablesOf(written, from, ask, kinds)
      if (!('open' in found) || wanted.length === 0) return found
      await readAll(dispatch.reader, dispatch.world, wanted)
    }
  }

  /** The notification stays in the ledger: it was not answered, and must not be forgotten. */
  #misgiven(id: string, by: string, key: string, given: Evaluated): void {
    this.ground.ledger.begin([key], 1)
    this.#unanswered(id, by, wrongVariables(by, given))
  }

  /** The state itself did not fail: only this notification of it is not answered. */
  #unanswered(id: string, by: string, reason: string): void {
    const { agenda, tell } = this.ground
    const invocation = unanswered(this.#turns.get(id), by, agenda)
    if (invocation !== undefined) tell({ invocation, outcome: 'failed', reason, changes: [] })
  }
}
