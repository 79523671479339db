import type { Facts } from '../contracts/facts.js'
import type { LedgerEntry } from '../contracts/ledger.js'
import type { Read } from '../contracts/read.js'
import type { Kinds } from '../wire/session-options.js'
import type { Evaluated } from '../late/evaluate.js'
import type { World } from '../world/world.js'
import { Agenda, loopReason, type Notifier } from './agenda.js'
import { examine, withinMeans } from './examine.js'
import { Failures } from './failures.js'
import { Groups, type Likelihood } from './groups.js'
import { definitionOf, type PartInvocation, type Turn, type Variables, type Wake } from './invocation.js'
import { isOwn, type LedgerOwner } from './ledger.js'
import { notificationsOf } from './notifications.js'
import { formerNotifier, unanswered, variablesOf, wrongVariables } from './notifying.js'
import { confidenceOf, endingOf, lineOf, onlyIf, pending, type PlanLine, unlessGood } from './plan-line.js'
import { Prediction } from './prediction.js'
import { provenLine } from './proven-line.js'

interface ForetellingGround {
  readonly kinds: Pick<Kinds, 'read' | 'step'>
  readonly facts: Facts
  readonly owner: LedgerOwner
}

type Telling = Pick<Wake, 'because' | 'certain' | 'unless'>

/** Makes the lines of a plan, one after the other, in the world that the earlier ones would leave. */
export class Foretelling {
  readonly lines: PlanLine[] = []
  readonly wanted: Read[] = []
  /** Notifications of earlier runs that are for no state of this one. */
  readonly strayed: LedgerEntry[] = []
  readonly #agenda: Agenda
  readonly #groups: Groups
  readonly #prediction: Prediction
  readonly #failures = new Failures()
  readonly #byId: ReadonlyMap<string, Turn>
  /** Why a group would have something to tell, since its last turn. */
  readonly #tellings = new Map<string, Telling[]>()

  constructor(
    turns: readonly Turn[],
    world: World,
    private readonly ground: ForetellingGround,
    entries: readonly LedgerEntry[],
  ) {
    this.#agenda = new Agenda(turns)
    this.#groups = new Groups(turns)
    this.#byId = new Map(turns.map((turn) => [turn.state.id, turn]))
    this.#prediction = new Prediction(world, ground.kinds, ground.facts)
    for (const entry of entries) if (isOwn(entry, ground.owner)) this.#recall(entry)
  }

  run(): void {
    do {
      for (const id of this.#groups.nextRound()) this.#tellings.delete(id)
      for (let turn = this.#agenda.next(); turn !== undefined; turn = this.#agenda.next()) {
        if (turn.state.group === undefined) this.#take(turn)
        else this.#endGroup(turn)
      }
    } while (this.#agenda.nextRound(this.#groups.hasUntold))
  }

  #take(turn: Turn): void {
    const { gates } = turn.state
    const open = gates === undefined ? 'no' : this.#groups.isOpen(gates)
    const runs = this.#agenda.begin(turn, open !== 'no')
    if (runs.length > 0) this.#failures.forget(turn.state.id)
    for (const parts of runs) {
      for (const invocation of parts) {
        const isMaybe = open === 'maybe' && invocation.wake === undefined
        const line = isMaybe
          ? this.#add(
              unlessGood(
                invocation,
                (gates ?? []).map(({ group }) => group),
              ),
            )
          : this.#line(invocation)
        if (line !== undefined) this.#settle(line)
      }
    }
  }

  /** The line of a part; undefined where it wants to be read first. */
  #line(invocation: PartInvocation): PlanLine | undefined {
    const { state, wake } = invocation
    if (wake?.certain === false) {
      if (wake.unless !== undefined) return this.#add(unlessGood(invocation, wake.unless))
      this.#prediction.addOpaque(state.id)
      return this.#add(pending(invocation, wake.by))
    }
    const reason = this.#failures.reasonFor(invocation)
    if (reason === undefined) return this.#examined(invocation)
    this.#failures.add(invocation)
    const line = { outcome: 'skipped' as const, ...confidenceOf(this.#prediction.opaque), reason, changes: [] }
    return this.#add({ invocation, ...line, unmet: true })
  }

  #examined(invocation: PartInvocation): PlanLine | undefined {
    const { state, wake } = invocation
    const { kinds, facts } = this.ground
    const prediction = this.#prediction
    const found = withinMeans(examine({ invocation, lookup: prediction.lookup }), kinds.step, facts)
    if (found.verdict === 'wanted') {
      this.wanted.push(...found.reads)
      return undefined
    }
    // A guess about this part: if it fails, the part may do what nobody foretold.
    const opaque = new Set(prediction.opaque)
    const guessed = 'because' in found && [...found.because, ...(wake?.because ?? [])].some((id) => !opaque.has(id))
    const { creates } = invocation.part.guards
    if (found.verdict === 'changes') for (const step of found.steps) prediction.add(state.id, step)
    if (found.verdict === 'changes' && creates !== undefined) prediction.expect(state.id, creates)
    const line = provenLine(
      onlyIf(wake?.because ?? [], lineOf(invocation, found, kinds.step)),
      prediction.lookup,
      this.wanted,
    )
    if (line.outcome === 'failed') this.#failures.add(invocation)
    if (line.outcome === 'pending' || guessed) prediction.addOpaque(state.id)
    return this.#add(line)
  }

  /** Whoever a line would notify has a line too: as sure as the line itself, or unknown where it may yet come otherwise. */
  #settle(line: PlanLine): void {
    const { invocation, outcome, confidence, dependsOn, unmet } = line
    const { state } = invocation
    const isSure = confidence === 'sure'
    this.#groups.end(state.id, endingOf(line))
    this.#groups.lengthen(invocation)
    this.#prediction.tell(definitionOf(state), line)
    if (unmet === true && isSure) return
    const onlyAfterFailure = outcome === 'pending' && confidence === 'conditional'
    const changed: Telling | undefined =
      outcome === 'would-change'
        ? { certain: true, because: dependsOn }
        : isSure
          ? undefined
          : { certain: false, because: [], ...(onlyAfterFailure ? { unless: dependsOn } : {}) }
    const failed: Telling | undefined =
      outcome === 'failed'
        ? { certain: true, because: [] }
        : isSure && outcome !== 'would-change'
          ? undefined
          : { certain: false, because: [], unless: onlyAfterFailure ? dependsOn : [state.id] }
    if (changed !== undefined) {
      for (const group of this.#groups.around(state.id)) {
        this.#tellings.set(group.id, [...(this.#tellings.get(group.id) ?? []), changed])
      }
    }
    const notifications = notificationsOf(invocation)
    for (const notification of notifications) {
      const telling = notification.on === 'changed' ? changed : failed
      if (telling !== undefined) this.#notify(invocation, notification, telling, isSure)
    }
  }

  #endGroup({ state }: Turn): void {
    const { id, group, notifications } = state
    if (group === undefined) return
    this.#groups.close(id)
    const { began, failed, unmet, rescued } = this.#groups.endOf(id)
    if (began === 'no' && unmet === 'no') return
    this.#failures.endGroup(id, failed === 'yes' || unmet === 'yes', this.#groups.within(id))
    if (rescued === 'yes') this.#rescued(id)
    const from = { state, with: {}, wake: { chain: this.#groups.chainOf(id) } }
    const tellings = this.#tellings.get(id) ?? []
    for (const notification of notifications) {
      if (notification.on === 'changed') for (const telling of tellings) this.#notify(from, notification, telling, true)
      else if (failed !== 'no') this.#notify(from, notification, ofFailure(id, failed), true)
    }
  }

  #rescued(group: string): void {
    this.#failures.rescued(group)
    const within = this.#groups.within(group)
    for (const [i, line] of this.lines.entries()) {
      if (line.outcome !== 'failed' || !within.includes(line.invocation.state.id)) continue
      this.lines[i] = { ...line, outcome: 'rescued', reason: `${line.reason ?? 'it would fail'}; rescued by ${group}` }
    }
  }

  #notify(
    from: Notifier,
    notification: PartInvocation['state']['notifications'][number],
    telling: Telling,
    isSure: boolean,
  ): void {
    const by = definitionOf(from.state)
    const { given, because } = this.#variables(from, notification.with)
    const known = 'value' in given ? (given.value as Variables) : {}
    const certain = telling.certain && 'value' in given
    const wake = { ...telling, by: [by], keys: [], because: [...new Set([...telling.because, ...because])], certain }
    const isTold = telling.certain && isSure && !('open' in given)
    for (const state of notification.states) {
      if ('problem' in given && isTold) {
        this.#unanswered(state, by, wrongVariables(by, given))
        continue
      }
      const loop = this.#agenda.wake(from, { state, with: known }, wake)
      if (loop !== undefined && isTold) this.#unanswered(state, by, loopReason(loop.chain))
    }
  }

  /** What is given with a notification, and the states that this follows from. */
  #variables(from: Notifier, written: Variables | undefined): { given: Evaluated; because: readonly string[] } {
    const because: string[] = []
    const ask = (read: Read) => {
      const found = this.#prediction.lookup(read)
      if (found !== 'wanted' && 'known' in found) {
        because.push(...(found.because ?? []))
        return found.known
      }
      if (found === 'wanted') this.wanted.push(read)
      return undefined
    }
    return { given: variablesOf(written, from, ask, this.ground.kinds), because }
  }

  #recall(entry: LedgerEntry): void {
    const { key, state, with: written, by, since } = entry
    const from = formerNotifier(this.#byId, entry)
    if (from === undefined) {
      this.strayed.push(entry)
      return
    }
    const { given } = this.#variables(from, written)
    const wake = { by: [by], because: [], certain: true, keys: [key], since }
    if ('value' in given) this.#agenda.recall({ state, with: given.value as Variables }, wake)
    else if ('problem' in given) this.#unanswered(state, by, wrongVariables(by, given))
  }

  /** A notification that cannot be answered fails the run. */
  #unanswered(id: string, by: string, reason: string): void {
    const invocation = unanswered(this.#byId.get(id), by, this.#agenda)
    if (invocation === undefined) return
    this.#add({ invocation, outcome: 'failed', ...confidenceOf(this.#prediction.opaque), reason, changes: [] })
  }

  #add(line: PlanLine): PlanLine {
    this.lines.push(line)
    return line
  }
}

const ofFailure = (id: string, failed: Likelihood): Telling =>
  failed === 'yes' ? { certain: true, because: [] } : { certain: false, because: [], unless: [id] }
