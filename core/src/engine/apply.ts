import type { LedgerEntry } from '../contracts/ledger.js'
import type { Read } from '../contracts/read.js'
import { Agenda } from './agenda.js'
import type { Applied } from './applied.js'
import { Attempts } from './attempts.js'
import { Dispatch, type DispatchGround } from './dispatch.js'
import { finalProof } from './final-proof.js'
import { gather } from './gather.js'
import type { Interruption } from './interruption.js'
import type { PartInvocation, Turn } from './invocation.js'
import { isOwn, Ledger, type LedgerOwner } from './ledger.js'
import { notificationsOf } from './notifications.js'
import { Notifying } from './notifying.js'
import { hasChanged, Records } from './records.js'

export interface ApplyGround extends DispatchGround {
  readonly interruption: Interruption
  readonly owner: LedgerOwner
  readonly report: (applied: Applied) => void
  /** A notification of an earlier run that is for no state of this one. */
  readonly strayed?: (entry: LedgerEntry) => void
}

export interface ApplyResult {
  readonly applied: readonly Applied[]
  /** Reads that were asked again because a step touched what they rest on. */
  readonly rereads: number
}

/** Seconds that the `always` branches may take after Ctrl-C. */
const farewellSeconds = 60

/**
 * Brings the target to what the states declare, in order.
 *
 * All parts are checked from the first batch of reads; a check is believed while no step has touched what it rests on.
 * Steps whose checks are believed travel together, with the reads that prove them and the reads that come next.
 */
export const apply = (turns: readonly Turn[], ground: ApplyGround): Promise<ApplyResult> =>
  new Application(turns, ground).run()

class Application {
  readonly #agenda: Agenda
  readonly #records: Records
  readonly #ledger: Ledger
  readonly #dispatch: Dispatch
  readonly #attempts: Attempts
  readonly #notifying: Notifying
  /** Every part that was begun, in order. */
  #begun: PartInvocation[] = []
  #isParting = false

  constructor(
    private readonly turns: readonly Turn[],
    private readonly ground: ApplyGround,
  ) {
    this.#agenda = new Agenda(turns)
    this.#records = new Records(turns, ground.report)
    const { failures, groups } = this.#records
    this.#ledger = new Ledger(ground.owner, turns, (id) => groups.around(id))
    this.#dispatch = new Dispatch(ground, {
      failures,
      ledger: this.#ledger,
      isStopping: () => this.#isStopping(),
      ahead: () => this.#agenda.ahead(),
      pendingKeys: () => this.#agenda.pendingKeys,
      settle: (applied) => this.#settle(applied),
    })
    this.#attempts = new Attempts({
      dispatch: this.#dispatch,
      interruption: ground.interruption,
      isStopping: () => this.#isStopping(),
      settle: (applied) => this.#settle(applied),
    })
    this.#notifying = new Notifying(turns, {
      agenda: this.#agenda,
      ledger: this.#ledger,
      dispatch: this.#dispatch,
      kinds: ground.kinds,
      tell: (applied) => this.#records.tell(applied),
    })
  }

  async run(): Promise<ApplyResult> {
    const { session, speculate } = this.ground
    if (speculate) await gather(session, this.#dispatch.world, this.#agenda.ahead())
    await this.#recall(await session.ledger())
    try {
      do await this.#round()
      while (!this.#isStopping() && this.#agenda.nextRound(this.#records.groups.hasUntold))
      if (this.#isStopping()) await this.#part()
      else await this.#prove()
      await this.#dispatch.flush([], true)
    } catch (error) {
      this.#abandon()
      throw error
    }
    this.#interrupted()
    return { applied: this.#records.all, rereads: this.#dispatch.rereads }
  }

  #isStopping(): boolean {
    const { interruption } = this.ground
    return this.#isParting ? interruption.killing : interruption.stopping
  }

  /** What an earlier run could not answer is answered by this one. */
  async #recall(entries: readonly LedgerEntry[]): Promise<void> {
    for (const entry of entries) {
      if (!isOwn(entry, this.ground.owner)) continue
      if (!(await this.#notifying.recall(entry))) this.ground.strayed?.(entry)
    }
  }

  async #round(): Promise<void> {
    this.#records.nextRound()
    while (!this.#isStopping()) {
      const turn = this.#agenda.next()
      if (turn === undefined) break
      if (turn.state.group === undefined) await this.#take(turn)
      else await this.#endGroup(turn)
    }
    await this.#dispatch.flush()
  }

  /** One state, in its turn. */
  async #take(turn: Turn): Promise<void> {
    const { batch, world } = this.#dispatch
    // Whether and how it runs may hang on what waits to be sent.
    if (batch.mayWake(turn, this.#agenda.isCertain(turn))) await this.#dispatch.flush()
    const runs = this.#agenda.begin(turn, await this.#isOpen(turn))
    if (runs.length > 0) this.#records.failures.forget(turn.state.id)
    for (const parts of runs) {
      this.#begun.push(...parts)
      this.#ledger.begin(parts[0]?.wake?.keys ?? [], parts.length)
      for (const [i, invocation] of parts.entries()) {
        if (this.#isStopping()) return
        if (!this.ground.speculate) world.touch('everything')
        if (invocation.part.retry === undefined) await this.#dispatch.decide(invocation, parts.slice(i))
        else await this.#attempts.insist(invocation, parts.slice(i))
        if (!this.ground.speculate) await this.#dispatch.flush()
      }
    }
  }

  async #isOpen({ state: { gates } }: Turn): Promise<boolean> {
    if (gates === undefined) return false
    const { groups } = this.#records
    if (this.#dispatch.batch.isWaiting(gates.flatMap(({ group }) => groups.within(group)))) await this.#dispatch.flush()
    return groups.isOpen(gates) === 'yes'
  }

  /** A group, when all that belongs to it has had its turn. */
  async #endGroup({ state }: Turn): Promise<void> {
    const { id, group, notifications } = state
    this.#records.groups.close(id)
    if (group === undefined || group.rescue.length + group.always.length + notifications.length === 0) return
    const { groups, failures } = this.#records
    if (this.#dispatch.batch.isWaiting(groups.within(id))) await this.#dispatch.flush()
    const { began, changed, failed, unmet, rescued } = groups.endOf(id)
    if (began === 'no' && unmet === 'no') return
    failures.endGroup(id, failed === 'yes' || unmet === 'yes', groups.within(id))
    if (rescued === 'yes') this.#records.rescued(id)
    const from = { state, with: {}, wake: { chain: groups.chainOf(id) } }
    if (changed === 'yes') await this.#notifying.notify(from, notifications, 'changed')
    if (failed === 'yes') await this.#notifying.notify(from, notifications, 'failed')
  }

  async #settle(ended: Applied): Promise<void> {
    const applied = this.#attempts.take(ended)
    if (applied === undefined) return
    const { invocation, outcome } = applied
    if (this.#records.add(applied, this.#dispatch.world)) this.#ledger.succeed(invocation.wake?.keys ?? [])
    const notifications = notificationsOf(invocation)
    if (hasChanged(applied)) await this.#notifying.notify(invocation, notifications, 'changed')
    if (outcome === 'failed') await this.#notifying.notify(invocation, notifications, 'failed')
  }

  /** After Ctrl-C: what is to be done last is done for the groups that have begun, within bounds. */
  async #part(): Promise<void> {
    const { session } = this.ground
    const { groups } = this.#records
    const isLast = ({ state: { id, gates } }: Turn): boolean =>
      gates?.at(-1)?.as === 'always' && groups.isOpen(gates) === 'yes' && !groups.hasBegun(id)
    const turns = this.turns.filter(isLast)
    if (turns.length === 0) return
    this.#isParting = true
    await session.resume()
    const timer = setTimeout(() => void session.kill().catch(() => undefined), farewellSeconds * 1000)
    try {
      for (const turn of turns) {
        // Begun or not, none of it was done.
        this.#begun = this.#begun.filter(({ state }) => state.id !== turn.state.id)
        await this.#take(turn)
      }
      await this.#dispatch.flush()
    } finally {
      clearTimeout(timer)
      this.#isParting = false
    }
  }

  async #prove(): Promise<void> {
    const { all } = this.#records
    if (!all.some(({ outcome }) => outcome === 'changed')) return
    const { world, touched } = this.#dispatch
    const ask = (reads: readonly Read[]): Promise<void> => this.#dispatch.flush(reads, true)
    for (const unstable of await finalProof(all, touched, world, ask)) this.#records.tell(unstable)
  }

  /** The connection is gone: of what was under way nobody knows the end. */
  #abandon(): void {
    for (const { invocation } of this.#dispatch.batch.inFlight) {
      if (this.#records.has(invocation)) continue
      const reason = 'lost: it is not known how this ended'
      this.#records.add({ invocation, outcome: 'pending', reason, changes: [] }, this.#dispatch.world)
    }
  }

  #interrupted(): void {
    if (!this.ground.interruption.stopping) return
    for (const invocation of [...this.#begun, ...this.#agenda.left()]) {
      if (this.#records.has(invocation)) continue
      this.#records.add({ invocation, outcome: 'skipped', reason: 'interrupted', changes: [] }, this.#dispatch.world)
    }
  }
}
