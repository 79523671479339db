import type { Facts } from '../contracts/facts.js'
import type { Read } from '../contracts/read.js'
import type { Reader, Session } from '../contracts/session.js'
import type { Step, StepResult } from '../contracts/step.js'
import type { Kinds } from '../wire/session-options.js'
import { World } from '../world/world.js'
import type { Applied } from './applied.js'
import { Batch } from './batch.js'
import type { Decided, Entry } from './entry.js'
import { examine, type Examined, type Lookup, withinMeans } from './examine.js'
import type { Failures } from './failures.js'
import { believe, readAll, wantedBy } from './gather.js'
import type { PartInvocation } from './invocation.js'
import type { Ledger } from './ledger.js'
import { proveNow } from './prove-now.js'
import { resolve } from './resolve.js'
import { isRow } from '../steps/row.js'

export interface DispatchGround {
  readonly session: Session
  readonly facts: Facts
  readonly kinds: Pick<Kinds, 'read' | 'step'>
  /** False: read afresh before every part, and believe nothing older. */
  readonly speculate: boolean
  /** The steps of these parts are being sent, in order. */
  readonly began?: (invocations: readonly PartInvocation[]) => void
  /** The steps of these have ended; what came of them is told when all that was sent with them is proven. */
  readonly ran?: (invocations: readonly PartInvocation[]) => void
  /** Notifications that cannot be noted on the target are made all the same. */
  readonly ledgerOptional?: boolean
}

/** What a dispatch needs to know of the run around it. */
export interface Course {
  readonly failures: Failures
  readonly ledger: Ledger
  /** True when nothing more is to begin. */
  isStopping(): boolean
  /** Parts that are certain to run later. */
  ahead(): readonly PartInvocation[]
  /** Places in the ledger of notifications that wait to be answered. */
  pendingKeys(): ReadonlySet<string>
  /** A part has ended. */
  settle(applied: Applied): Promise<void>
}

/** Decides parts from what is believed of the target, sends their steps together, and takes in what came of them. */
export class Dispatch {
  readonly world: World
  readonly batch: Batch
  /** What each part touched, by its place in the run. */
  readonly touched = new Map<number, Entry>()
  rereads = 0

  constructor(
    private readonly ground: DispatchGround,
    private readonly course: Course,
  ) {
    this.world = new World(ground.kinds.read)
    this.batch = new Batch(this.world, ground.kinds.step)
  }

  get reader(): Reader {
    return this.ground.session
  }

  /** Decides about one part; reads what that needs first, together with whatever steps wait. */
  async decide(invocation: PartInvocation, rest: readonly PartInvocation[]): Promise<void> {
    const { course, batch } = this
    for (;;) {
      const reason = course.failures.reasonFor(invocation)
      if (reason !== undefined) return course.settle({ invocation, outcome: 'skipped', reason, changes: [] })
      if (batch.mustEndBefore(invocation)) {
        await this.flush()
        continue
      }
      const found = this.#examine(invocation)
      if (found.verdict !== 'wanted') {
        this.#add(invocation, found)
        return
      }
      const joined = this.#joined(invocation)
      if (joined !== undefined) {
        this.#add(invocation, joined)
        return
      }
      const window = this.ground.speculate ? this.#window(rest) : [invocation]
      const wanted = wantedBy(window, this.world)
      if (this.ground.speculate) this.rereads += wanted.filter((read) => this.world.last(read) !== undefined).length
      await this.flush(wanted)
      // What waited may have failed, and this part with it.
      if (course.isStopping()) return
    }
  }

  /** Sends what waits and asks the reads, in one round trip; then settles what was sent, in order. */
  async flush(wanted: readonly Read[] = [], isLast = false): Promise<void> {
    const { session } = this.ground
    const sent = this.batch.take(this.#answered(isLast))
    if (sent.segments.length === 0) {
      for (const entry of sent.entries) await this.course.settle(resolve(entry, new Map(), this.course.failures))
      await readAll(session, this.world, wanted)
      return
    }
    const complete = this.world.complete(wanted)
    this.batch.inFlight = sent.entries
    const segments = sent.segments.map(({ steps, proof }) => ({ steps, proof: this.world.complete(proof) }))
    const begun = sent.entries.filter(({ steps }) => steps.length > 0)
    if (begun.length > 0) this.ground.began?.(begun.map(({ invocation }) => invocation))
    const { results, proofs, answers } = await session.perform(segments, complete, (ended) => {
      const numbers = new Set(ended)
      const ran = begun.filter(({ steps }) => numbers.has(steps.at(-1) ?? -1))
      if (ran.length > 0) this.ground.ran?.(ran.map(({ invocation }) => invocation))
    })
    if (sent.note !== undefined && results.get(sent.note)?.status === 'done') {
      this.course.ledger.keep(sent.notes.map(({ key }) => key))
    }
    for (const [i, segment] of sent.segments.entries()) {
      this.world.touch(segment.touched)
      this.world.record(segments[i]?.proof ?? [], proofs[i] ?? [])
      for (const entry of segment.entries) await this.#conclude(entry, results)
    }
    this.batch.inFlight = []
    this.world.record(complete, answers)
  }

  /** A part is sent with the entries of the ledger that keep whom it may notify. */
  #add(invocation: PartInvocation, found: Exclude<Examined, { verdict: 'wanted' }>): void {
    const { batch, course, ground } = this
    if (found.verdict !== 'changes') return batch.add(invocation, found)
    const promises = course.ledger.promisesOf(invocation)
    const note = batch.note(promises.filter(({ key }) => !course.ledger.isKept(key)))
    const keys = promises.map(({ key }) => key)
    batch.add(invocation, found, keys, ground.ledgerOptional === true ? undefined : note)
  }

  /** What the ledger need not keep any more goes along with what is sent anyway, and at the end by itself. */
  #answered(isLast: boolean): readonly string[] {
    const { batch, course } = this
    return isLast || batch.hasSteps ? course.ledger.takeAnswered(course.pendingKeys(), batch.keys) : []
  }

  #examine(invocation: PartInvocation): Examined {
    const { kinds, facts } = this.ground
    return withinMeans(examine({ invocation, lookup: believe(this.world) }), kinds.step, facts)
  }

  /**
   * The parts whose answers are worth reading now: up to and including the next one that is expected to touch
   * everything, after which they would have to be read again.
   */
  #window(rest: readonly PartInvocation[]): readonly PartInvocation[] {
    const window: PartInvocation[] = []
    const lookup = (read: Read): Lookup => {
      const last = this.world.last(read) ?? this.world.outputs(read)
      return last === undefined ? 'wanted' : { known: last }
    }
    let last: Step | undefined
    for (const invocation of [...rest, ...this.course.ahead()]) {
      const expected = examine({ invocation, lookup })
      const steps = expected.verdict === 'changes' ? expected.steps : []
      const isOpaque = this.batch.isOpaque(steps)
      const mayJoin =
        isOpaque &&
        isUnguarded(invocation) &&
        isRow(last === undefined ? steps : [last, ...steps], this.ground.kinds.step)
      if (last !== undefined && !mayJoin) break
      window.push(invocation)
      if (isOpaque && !mayJoin) break
      if (mayJoin) last = steps.at(-1)
    }
    return window
  }

  /** What is to be done by what was believed before the steps that wait, where it may be sent with them. */
  #joined(invocation: PartInvocation): Decided | undefined {
    const { kinds, facts, speculate } = this.ground
    const before = this.batch.beforeJoint
    if (!speculate || before === undefined || !isUnguarded(invocation)) return undefined
    const lookup = (read: Read): Lookup => {
      const known = before(read)
      return known === undefined ? 'wanted' : { known }
    }
    const found = withinMeans(examine({ invocation, lookup }), kinds.step, facts)
    return found.verdict === 'changes' && this.batch.mayJoin(found.steps) ? found : undefined
  }

  async #conclude(entry: Entry, results: ReadonlyMap<number, StepResult>): Promise<void> {
    const applied = resolve(entry, results, this.course.failures)
    if (entry.found.verdict === 'changes' && applied.outcome !== 'skipped') {
      this.touched.set(entry.invocation.sequence, entry)
    }
    const proven = applied.outcome === 'changed' ? await proveNow(applied, this.world, this.ground.session) : applied
    await this.course.settle(proven)
  }
}

/** Guards and late values may see what steps before have done. */
const isUnguarded = ({ part, late }: PartInvocation): boolean => {
  const { creates, unless, onlyif, when } = part.guards
  return late === undefined && creates === undefined && when === undefined && unless.length + onlyif.length === 0
}
