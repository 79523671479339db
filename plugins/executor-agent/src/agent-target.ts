import type { ActionResult, AgentDestination, Awaiting, FactSource, Operation, Reached } from '@prove/core'
import { Interruption, targetOutcomes, z } from '@prove/core'
import type { AgentLink } from './agent-link.js'
import { assertPlugins, functionsIn } from './assert-plugins.js'
import { carryOut, type Ended, thrownFrom, tripOf } from './carry-out.js'

/** A target behind its agent. */
export class AgentTarget implements Reached {
  #facts: Readonly<Record<string, unknown>> = {}
  #trips = 0
  #link: AgentLink | undefined
  #sought = false

  constructor(
    private readonly to: AgentDestination,
    /** Makes a new link to the agent. */
    private readonly connect: (isFirst: boolean) => Promise<AgentLink>,
  ) {}

  get allFacts(): Readonly<Record<string, unknown>> {
    return this.#facts
  }

  get roundTrips(): number {
    return this.#trips
  }

  /** Asks the agent what it is: the first thing that is asked. */
  async greet(): Promise<void> {
    await this.link()
    await this.#ask('ping', {}, false, idle)
  }

  async gatherFacts(_sources?: readonly FactSource[]): Promise<Readonly<Record<string, unknown>>> {
    // The agent has all its sources at hand: one question for all of them is as dear as one for some.
    if (!this.#sought) await this.#ask('facts', {}, false, idle)
    this.#sought = true
    return this.#facts
  }

  /** The agent looks for its programs itself. */
  seekTools = (): Promise<void> => Promise.resolve()

  async act({ name, endsItself = false }: Operation, request: unknown, awaiting: Awaiting): Promise<ActionResult> {
    assertPlugins(functionsIn(request), this.to, (await this.link()).greeted.hello.plugins ?? [])
    const { result = {} } = await this.#ask(name, request, endsItself, awaiting)
    const parsed = actionResult.safeParse(result, { jitless: true })
    return parsed.success ? (parsed.data as ActionResult) : { outcome: 'failed' }
  }

  async close(): Promise<void> {
    this.#link?.connection.destroy()
    await this.#link?.over
  }

  async link(): Promise<AgentLink> {
    if (this.#link?.isOver === false) return this.#link
    this.#link = await this.connect(this.#link === undefined)
    return this.#link
  }

  async #ask(operation: string, request: unknown, endsItself: boolean, awaiting: Awaiting): Promise<Ended> {
    const { target, owner, signal, blobs, onTrip } = this.to
    const began = performance.now()
    const { connection } = await this.link()
    const before = { sent: connection.sent, received: connection.received }
    const ended = await carryOut(
      { operation, request, target, owner, endsItself, signal },
      { link: () => this.link(), blobs },
      awaiting,
    )
    this.#trips += 1
    onTrip(
      tripOf(this.#trips, operation, began, {
        sent: connection.sent - before.sent,
        received: connection.received - before.received,
      }),
    )
    this.#facts = { ...this.#facts, ...ended.facts }
    if (ended.errors !== undefined) throw thrownFrom(ended.errors)
    return ended
  }
}

/** What the target is asked before anyone waits for an action. */
const idle: Awaiting = { interruption: new Interruption(), emit: () => undefined }

/** What an action of an agent may end with; operations about keys tell something of their own. */
const actionResult = z.looseObject({
  outcome: z.enum(targetOutcomes).optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  rereads: z.int().optional(),
})
