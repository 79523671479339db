import type { LedgerEntry } from '../contracts/ledger.js'
import type { Answered, Read } from '../contracts/read.js'
import type { Step, StepKind } from '../contracts/step.js'
import { ledgerClear, ledgerNote } from '../steps/ledger.js'
import type { TouchedKeys, World } from '../world/world.js'
import type { Decided, Entry } from './entry.js'
import { examine } from './examine.js'
import { believe } from './gather.js'
import { definitionOf, heedsNotice, type PartInvocation, type Turn } from './invocation.js'
import { notificationsOf } from './notifications.js'
import { provesItself } from './resolve.js'
import { isRow } from '../steps/row.js'
import { Segment } from './segment.js'

export interface Sent {
  readonly segments: readonly Segment[]
  readonly entries: readonly Entry[]
  /** What is noted in the ledger, by this step. */
  readonly notes: readonly LedgerEntry[]
  readonly note: number | undefined
}

/** Steps are numbered over all runs: a session may serve several, and notes success by number. */
let nextNumber = 0

/** Collects decided parts until they are sent together. */
export class Batch {
  #segments: Segment[] = []
  #entries: Entry[] = []
  /** The last waiting part of each invocation of a state: it stands on those before it. */
  readonly #waiting = new Map<string, Map<number, Entry>>()
  /** The states that what waits may notify; true where it may give them variables. */
  readonly #notified = new Map<string, boolean>()
  readonly #notes = new Map<string, LedgerEntry>()
  #note: number | undefined
  /** The last step, where others may join it, and what was believed before the first of its row. */
  #joint: { readonly last: Step; readonly before: (read: Read) => Answered | undefined } | undefined
  /** What was sent and has no end yet. */
  inFlight: readonly Entry[] = []

  constructor(
    private readonly world: World,
    private readonly kindOf: (name: string) => StepKind,
  ) {}

  isOpaque(steps: readonly Step[]): boolean {
    return steps.some((step) => this.world.keysOf(this.kindOf(step.kind).touches?.(step)) === 'everything')
  }

  /** What was believed before the steps that others may join; undefined where none of those waits at the end. */
  get beforeJoint(): ((read: Read) => Answered | undefined) | undefined {
    return this.#joint?.before
  }

  /** True when these steps may be sent with those that wait, or begin such a row. */
  mayJoin(steps: readonly Step[]): boolean {
    return isRow(this.#joint === undefined ? steps : [this.#joint.last, ...steps], this.kindOf)
  }

  /** True when this part's fate hangs on something that waits, and that only the master can judge. */
  mustEndBefore(invocation: PartInvocation): boolean {
    const isJudged = ({ invocation: { fn }, found, steps }: Entry): boolean =>
      steps.length > 0 && found.verdict === 'changes' && fn.judge?.(found.part.args) !== undefined
    return this.#neededBy(invocation).some(isJudged) || this.#isUndecided(invocation.state.uses ?? [])
  }

  /** True when something waits whose outcome may be a reason to run this state, or to run it in another way. */
  mayWake(turn: Turn, isCertain: boolean): boolean {
    const given = [turn.state.id, definitionOf(turn.state)].flatMap((id) => this.#notified.get(id) ?? [])
    if (given.length === 0) return false
    return !isCertain || given.includes(true) || heedsNotice(turn)
  }

  /** True when something is to be done on the target. */
  get hasSteps(): boolean {
    return this.#note !== undefined || this.#segments.some(({ steps }) => steps.length > 0)
  }

  /** True when a part of one of these states waits to be settled. */
  isWaiting(states: readonly string[]): boolean {
    return this.#entries.some(({ invocation: { state } }) => states.includes(state.id))
  }

  /** The places in the ledger that what waits may come to need. */
  get keys(): ReadonlySet<string> {
    return new Set(this.#entries.flatMap(({ promises }) => promises))
  }

  /** To be noted on the target with what is sent next. */
  note(promises: readonly LedgerEntry[]): number | undefined {
    if (promises.length === 0) return undefined
    for (const promise of promises) this.#notes.set(promise.key, promise)
    return (this.#note ??= nextNumber++)
  }

  /** `promises`: notifications that this part may come to make; `note`: the step that must have noted them. */
  add(invocation: PartInvocation, found: Decided, promises: readonly string[] = [], note?: number): void {
    const joint = found.verdict === 'changes' && this.mayJoin(found.steps) ? this.#joint : undefined
    const needed = this.#neededBy(invocation)
    const needs = [...new Set(needed.flatMap((entry) => entry.steps.at(-1) ?? entry.needs))]
    const doomed = needed.some((entry) => entry.doomed || entry.found.verdict === 'blocked')
    const own = found.verdict === 'changes' && !doomed ? found.steps : []
    const steps = own.map((step) => ({ step, number: nextNumber++ }))
    const touched = this.#touchedBy(own)
    const entry: Entry = {
      invocation,
      found,
      steps: steps.map(({ number }) => number),
      needs,
      note,
      promises,
      doomed,
      touched,
      reads: this.#proofOf(invocation, found, steps.length),
    }
    this.#entries.push(entry)
    for (const { states, with: given } of notificationsOf(invocation)) {
      for (const id of states) this.#notified.set(id, this.#notified.get(id) === true || given !== undefined)
    }
    const waiting = this.#waiting.get(invocation.state.id) ?? new Map<number, Entry>()
    this.#waiting.set(invocation.state.id, waiting.set(invocation.run, entry))
    // Each step of a part needs the one before it, the first what the part stands on.
    const first = note === undefined ? needs : [...needs, note]
    const numbered = steps.map(({ step, number }, i) => ({ step, number, needs: i === 0 ? first : [number - 1] }))
    const segment = (joint === undefined ? undefined : this.#segments.at(-1)) ?? this.#segmentFor(entry)
    segment.add(entry, numbered, (read) => this.world.rests(read))
    const last = own.at(-1)
    if (last === undefined) return
    // Before what they touch is told: from then on nobody believes what they were decided from.
    const before = joint?.before ?? (isRow(own, this.kindOf) ? this.world.snapshot() : undefined)
    this.#joint = before === undefined ? undefined : { last, before }
    this.world.touch(touched)
  }

  /** Gives away what waits. `cleared`: places in the ledger that nobody needs any more. */
  take(cleared: readonly string[] = []): Sent {
    const notes = [...this.#notes.values()]
    const ledger = [
      ...(cleared.length === 0 ? [] : [{ number: nextNumber++, needs: [], step: ledgerClear(cleared) }]),
      ...(this.#note === undefined ? [] : [{ number: this.#note, needs: [], step: ledgerNote(notes) }]),
    ]
    const isSent = ledger.length > 0 || this.#segments.some(({ steps }) => steps.length > 0)
    const segments = isSent ? [...(ledger.length === 0 ? [] : [Segment.of(ledger)]), ...this.#segments] : []
    const sent: Sent = { entries: this.#entries, segments, notes, note: this.#note }
    this.#segments = []
    this.#entries = []
    this.#note = undefined
    this.#joint = undefined
    this.#notes.clear()
    this.#waiting.clear()
    this.#notified.clear()
    return sent
  }

  /** The waiting parts that this one stands on: earlier parts of its invocation, and states it requires. */
  #neededBy({ state, run }: PartInvocation): readonly Entry[] {
    const own = this.#waiting.get(state.id)?.get(run)
    const required = state.requires.flatMap((id) => [...(this.#waiting.get(id)?.values() ?? [])])
    return [...new Set(own === undefined ? required : [own, ...required])]
  }

  /** True when something of these states waits, and only the target knows how it will end. */
  #isUndecided(states: readonly string[]): boolean {
    return (
      states.length > 0 &&
      this.#entries.some(
        ({ invocation: { state }, found, needs }) =>
          (states.includes(state.id) || states.includes(definitionOf(state))) &&
          (needs.length > 0 || (found.verdict !== 'same' && found.verdict !== 'skipped')),
      )
    )
  }

  /** A step that touches what an earlier proof reads comes after that proof, in a segment of its own. */
  #segmentFor({ touched }: Entry): Segment {
    const last = this.#segments.at(-1)
    if (last !== undefined && !last.isDisturbedBy(touched)) return last
    const segment = new Segment()
    this.#segments.push(segment)
    return segment
  }

  #touchedBy(steps: readonly Step[]): TouchedKeys {
    return steps.map((step) => this.world.keysOf(this.kindOf(step.kind).touches?.(step))).reduce<TouchedKeys>(union, [])
  }

  /** What a part reads again to prove itself, as far as it is known before its steps. */
  #proofOf(invocation: PartInvocation, found: Decided, steps: number): readonly Read[] {
    if (found.verdict !== 'changes' || steps === 0 || !provesItself(invocation.fn, found.part)) return []
    const reads = new Map<string, Read>()
    const lookup = believe(this.world)
    examine({
      invocation,
      guards: 'creates',
      lookup: (read) => {
        if (read.kind !== 'outputs') reads.set(read.key, read)
        return lookup(read)
      },
    })
    return [...reads.values()]
  }
}

const union = (a: TouchedKeys, b: TouchedKeys): TouchedKeys =>
  a === 'everything' || b === 'everything' ? 'everything' : [...a, ...b]
