import type { Read } from '../contracts/read.js'
import type { Step, StepKind } from '../contracts/step.js'
import type { TouchedKeys, World } from '../world/world.js'
import { mayWake } from './agenda.js'
import type { Decided, Entry } from './entry.js'
import { examine } from './examine.js'
import { believe } from './gather.js'
import type { PartInvocation } from './invocation.js'
import { provesItself } from './resolve.js'
import { Segment } from './segment.js'

export interface Sent {
  readonly segments: readonly Segment[]
  readonly entries: readonly Entry[]
}

/** Steps are numbered over all runs: a session may serve several, and notes success by number. */
let nextNumber = 0

/** Collects decided parts until they are sent together. */
export class Batch {
  #segments: Segment[] = []
  #entries: Entry[] = []
  /** The last waiting part of each state: it stands on those before it. */
  readonly #waiting = new Map<string, Entry>()
  /** What was sent and has no end yet. */
  inFlight: readonly Entry[] = []

  constructor(
    private readonly world: World,
    private readonly kindOf: (name: string) => StepKind,
  ) {}

  isOpaque(steps: readonly Step[]): boolean {
    return steps.some((step) => this.world.keysOf(this.kindOf(step.kind).touches?.(step)) === 'everything')
  }

  /** True when this part's fate hangs on a result that only the master can judge. */
  mustEndBefore(invocation: PartInvocation): boolean {
    return this.#neededBy(invocation).some(
      ({ invocation: { fn, part }, steps }) => steps.length > 0 && fn.judge?.(part.args) !== undefined,
    )
  }

  /** True when something waits whose outcome may be a reason to run this state. */
  mayWake(id: string): boolean {
    return this.#entries.some(({ invocation }) => mayWake(invocation, id))
  }

  add(invocation: PartInvocation, found: Decided): void {
    const needed = this.#neededBy(invocation)
    const needs = [...new Set(needed.flatMap((entry) => entry.steps.at(-1) ?? entry.needs))]
    const doomed = needed.some((entry) => entry.doomed || entry.found.verdict === 'blocked')
    const steps =
      found.verdict === 'changes' && !doomed ? found.steps.map((step) => ({ step, number: nextNumber++ })) : []
    const touched = this.#touchedBy(steps.map(({ step }) => step))
    const reads = steps.length > 0 && provesItself(invocation) ? this.#readsOf(invocation) : []
    const entry: Entry = { invocation, found, steps: steps.map(({ number }) => number), needs, doomed, touched, reads }
    this.#entries.push(entry)
    this.#waiting.set(invocation.state.id, entry)
    // Each step of a part needs the one before it, the first what the part stands on.
    const numbered = steps.map(({ step, number }, i) => ({ step, number, needs: i === 0 ? needs : [number - 1] }))
    this.#segmentFor(entry).add(entry, numbered, (read) => this.world.rests(read))
    if (steps.length > 0) this.world.touch(touched)
  }

  take(): Sent {
    const segments = this.#segments.some(({ steps }) => steps.length > 0) ? this.#segments : []
    const sent: Sent = { entries: this.#entries, segments }
    this.#segments = []
    this.#entries = []
    this.#waiting.clear()
    return sent
  }

  /** The waiting parts that this one stands on: earlier parts of its state, and states it requires. */
  #neededBy({ state }: PartInvocation): readonly Entry[] {
    return [...new Set([state.id, ...state.requires])].flatMap((id) => this.#waiting.get(id) ?? [])
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

  #readsOf({ part, fn }: PartInvocation): readonly Read[] {
    const reads = new Map<string, Read>()
    const lookup = believe(this.world)
    examine({
      part,
      fn,
      guards: 'creates',
      lookup: (read) => {
        reads.set(read.key, read)
        return lookup(read)
      },
    })
    return [...reads.values()]
  }
}

const union = (a: TouchedKeys, b: TouchedKeys): TouchedKeys =>
  a === 'everything' || b === 'everything' ? 'everything' : [...a, ...b]
