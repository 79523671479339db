import type { Facts } from '../contracts/facts.js'
import type { Read } from '../contracts/read.js'
import type { Session } from '../contracts/session.js'
import type { StepResult } from '../contracts/step.js'
import type { Kinds } from '../wire/session-options.js'
import { World } from '../world/world.js'
import type { Applied } from './applied.js'
import { Agenda, loopReason, type Turn } from './agenda.js'
import { Batch } from './batch.js'
import type { Entry } from './entry.js'
import { Failures } from './failures.js'
import { examine, type Examined, withinMeans } from './examine.js'
import { believe, gather, readAll, wantedBy } from './gather.js'
import type { Interruption } from './interruption.js'
import type { PartInvocation } from './invocation.js'
import { finalProof } from './final-proof.js'
import { proveNow } from './prove-now.js'
import { resolve } from './resolve.js'

export interface ApplyGround {
  readonly session: Session
  readonly facts: Facts
  readonly kinds: Pick<Kinds, 'read' | 'step'>
  readonly interruption: Interruption
  /** False: read afresh before every part, and believe nothing older. */
  readonly speculate: boolean
  readonly report: (applied: Applied) => void
}

export interface ApplyResult {
  readonly applied: readonly Applied[]
  /** Reads that were asked again because a step touched what they rest on. */
  readonly rereads: number
}

/**
 * Brings the target to what the parts declare, in order.
 *
 * All parts are checked from the first batch of reads; a check is believed while no step has touched what it rests on.
 * Steps whose checks are believed travel together, with the reads that prove them and the reads that come next.
 */
export const apply = (invocations: readonly PartInvocation[], ground: ApplyGround): Promise<ApplyResult> =>
  new Application(invocations, ground).run()

class Application {
  readonly #world: World
  readonly #batch: Batch
  readonly #failures = new Failures()
  readonly #applied = new Map<number, Applied>()
  readonly #touched = new Map<number, Entry>()
  readonly #agenda: Agenda
  /** Every part that was begun, in order. */
  readonly #begun: PartInvocation[] = []
  #rereads = 0

  constructor(
    invocations: readonly PartInvocation[],
    private readonly ground: ApplyGround,
  ) {
    this.#agenda = new Agenda(invocations)
    this.#world = new World(ground.kinds.read)
    this.#batch = new Batch(this.#world, ground.kinds.step)
  }

  async run(): Promise<ApplyResult> {
    if (this.ground.speculate) await gather(this.ground.session, this.#world, this.#agenda.ahead())
    try {
      do await this.#round()
      while (!this.ground.interruption.stopping && this.#agenda.nextRound())
      if (!this.ground.interruption.stopping) await this.#prove()
    } catch (error) {
      this.#abandon()
      throw error
    }
    this.#interrupted()
    return { applied: [...this.#applied.values()], rereads: this.#rereads }
  }

  async #round(): Promise<void> {
    while (!this.ground.interruption.stopping) {
      const turn = this.#agenda.next()
      if (turn === undefined) break
      await this.#take(turn)
    }
    await this.#flush([])
  }

  /** One state, in its turn. */
  async #take(turn: Turn): Promise<void> {
    // Whether it runs at all may hang on what waits to be sent.
    if (!this.#agenda.isCertain(turn) && this.#batch.mayWake(turn.state.id)) await this.#flush([])
    const invocations = this.#agenda.begin(turn) ?? []
    this.#begun.push(...invocations)
    if (invocations.length > 0) this.#failures.forget(turn.state.id)
    for (const [i, invocation] of invocations.entries()) {
      if (this.ground.interruption.stopping) return
      if (!this.ground.speculate) this.#world.touch('everything')
      await this.#advance(invocation, invocations.slice(i))
      if (!this.ground.speculate) await this.#flush([])
    }
  }

  /** Decides about one part; reads what that needs first, together with whatever steps wait. */
  async #advance(invocation: PartInvocation, rest: readonly PartInvocation[]): Promise<void> {
    for (;;) {
      const reason = this.#failures.reasonFor(invocation)
      if (reason !== undefined) return this.#settle({ invocation, outcome: 'skipped', reason, changes: [] })
      if (this.#batch.mustEndBefore(invocation)) {
        await this.#flush([])
        continue
      }
      const found = this.#examine(invocation)
      if (found.verdict !== 'wanted') {
        this.#batch.add(invocation, found)
        return
      }
      const window = this.ground.speculate ? this.#window(rest) : [invocation]
      const wanted = wantedBy(window, this.#world)
      if (this.ground.speculate) this.#rereads += wanted.filter((read) => this.#world.last(read) !== undefined).length
      await this.#flush(wanted)
      // What waited may have failed, and this part with it.
      if (this.ground.interruption.stopping) return
    }
  }

  #examine({ part, fn }: PartInvocation): Examined {
    const { kinds, facts } = this.ground
    return withinMeans(examine({ part, fn, lookup: believe(this.#world) }), kinds.step, facts)
  }

  /**
   * The parts whose answers are worth reading now: up to and including the next one that is expected to touch
   * everything, after which they would have to be read again.
   */
  #window(rest: readonly PartInvocation[]): readonly PartInvocation[] {
    const window: PartInvocation[] = []
    for (const invocation of [...rest, ...this.#agenda.ahead()]) {
      window.push(invocation)
      const { part, fn } = invocation
      const expected = examine({
        part,
        fn,
        lookup: (read) => {
          const last = this.#world.last(read)
          return last === undefined ? 'wanted' : { known: last }
        },
      })
      if (expected.verdict === 'changes' && this.#batch.isOpaque(expected.steps)) break
    }
    return window
  }

  /** Sends what waits and asks the reads, in one round trip; then settles what was sent, in order. */
  async #flush(wanted: readonly Read[]): Promise<void> {
    const { session } = this.ground
    const sent = this.#batch.take()
    if (sent.segments.length === 0) {
      for (const entry of sent.entries) this.#settle(resolve(entry, new Map(), this.#failures))
      await readAll(session, this.#world, wanted)
      return
    }
    const complete = this.#world.complete(wanted)
    this.#batch.inFlight = sent.entries
    const segments = sent.segments.map(({ steps, proof }) => ({ steps, proof: this.#world.complete(proof) }))
    const { results, proofs, answers } = await session.perform(segments, complete)
    for (const [i, segment] of sent.segments.entries()) {
      this.#world.touch(segment.touched)
      this.#world.record(segments[i]?.proof ?? [], proofs[i] ?? [])
      for (const entry of segment.entries) await this.#conclude(entry, results)
    }
    this.#batch.inFlight = []
    this.#world.record(complete, answers)
  }

  async #conclude(entry: Entry, results: ReadonlyMap<number, StepResult>): Promise<void> {
    const applied = resolve(entry, results, this.#failures)
    if (entry.found.verdict === 'changes' && applied.outcome !== 'skipped') {
      this.#touched.set(entry.invocation.sequence, entry)
    }
    const proven = applied.outcome === 'changed' ? await proveNow(applied, this.#world, this.ground.session) : applied
    this.#settle(proven)
  }

  #settle(applied: Applied): void {
    const { invocation, outcome, guarded } = applied
    if (outcome === 'failed' || outcome === 'pending' || (outcome === 'skipped' && guarded !== true)) {
      this.#failures.add(invocation.state.id)
    }
    this.#applied.set(invocation.sequence, applied)
    this.ground.report(applied)
    this.#notify(applied)
  }

  /** A part whose steps have begun may have changed something, however it ended. */
  #notify({ invocation, outcome, changes }: Applied): void {
    const failed = outcome === 'failed'
    const loops = [
      ...(outcome === 'changed' || (failed && changes.length > 0) ? this.#agenda.notify(invocation, 'changed') : []),
      ...(failed ? this.#agenda.notify(invocation, 'failed') : []),
    ]
    for (const { turn, chain } of loops) {
      const [first] = turn.parts
      if (first === undefined) continue
      const again = { ...first, sequence: this.#agenda.nextSequence() }
      // The state itself did not fail: only this notification of it is not answered.
      const looped: Applied = { invocation: again, outcome: 'failed', reason: loopReason(chain), changes: [] }
      this.#applied.set(again.sequence, looped)
      this.ground.report(looped)
    }
  }

  async #prove(): Promise<void> {
    const applied = [...this.#applied.values()]
    if (!applied.some(({ outcome }) => outcome === 'changed')) return
    for (const unstable of await finalProof(applied, this.#touched, this.#world, this.ground.session)) {
      this.#applied.set(unstable.invocation.sequence, unstable)
      this.ground.report(unstable)
    }
  }

  /** The connection is gone: of what was under way nobody knows the end. */
  #abandon(): void {
    for (const { invocation } of this.#batch.inFlight) {
      if (this.#applied.has(invocation.sequence)) continue
      this.#settle({ invocation, outcome: 'pending', reason: 'lost: it is not known how this ended', changes: [] })
    }
  }

  #interrupted(): void {
    if (!this.ground.interruption.stopping) return
    for (const invocation of [...this.#begun, ...this.#agenda.left()]) {
      if (this.#applied.has(invocation.sequence)) continue
      this.#settle({ invocation, outcome: 'skipped', reason: 'interrupted', changes: [] })
    }
  }
}
