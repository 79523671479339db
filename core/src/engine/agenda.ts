import type { CompiledState, Notification } from '../contracts/compiled.js'
import type { PartInvocation, Wake } from './invocation.js'

/** A state and its parts, in the place that it has in the order. */
export interface Turn {
  readonly state: CompiledState
  readonly parts: readonly PartInvocation[]
  readonly position: number
}

/** A notification that came back to where it began. */
export interface Loop {
  readonly turn: Turn
  /** Ids of states, the first one again at the end. */
  readonly chain: readonly string[]
}

/** What is told of a loop. */
export const loopReason = (chain: readonly string[]): string =>
  `notifications go round in a circle: ${chain.join(' → ')}`

/** Deeper ancestries of notifications count as loops. */
const depthLimit = 100

/**
 * Whose turn it is. The first round visits every state in order: those that are lazy only when an earlier one notified them.
 * A notification to a state that has had its turn is answered in another round. Equal notifications are one.
 */
export class Agenda {
  readonly #turns: readonly Turn[]
  readonly #positions: ReadonlyMap<string, number>
  #woken = new Map<number, Wake>()
  #later = new Map<number, Wake>()
  #isFirst = true
  #cursor = 0
  #sequence = 0

  constructor(invocations: readonly PartInvocation[]) {
    const byState = new Map<string, PartInvocation[]>()
    for (const invocation of invocations) {
      const parts = byState.get(invocation.state.id)
      if (parts === undefined) byState.set(invocation.state.id, [invocation])
      else parts.push(invocation)
    }
    this.#turns = [...byState.values()].flatMap((parts, position) =>
      parts[0] === undefined ? [] : [{ state: parts[0].state, parts, position }],
    )
    this.#positions = new Map(this.#turns.map(({ state, position }) => [state.id, position]))
  }

  /** The next turn of this round, which may yet prove to be nobody's; undefined at its end. */
  next(): Turn | undefined {
    return this.#turns[this.#cursor++]
  }

  /** Begins another round when anyone was notified after their turn. */
  nextRound(): boolean {
    if (this.#later.size === 0) return false
    this.#woken = this.#later
    this.#later = new Map()
    this.#isFirst = false
    this.#cursor = 0
    return true
  }

  /** Whether it runs whatever is still to come of earlier states. */
  isCertain({ state }: Turn): boolean {
    return this.#isFirst && !state.lazy
  }

  /** Its invocations; undefined when nobody notified it. All that comes before it must have been settled. */
  begin(turn: Turn): readonly PartInvocation[] | undefined {
    const wake = this.#woken.get(turn.position)
    if (!this.isCertain(turn) && wake === undefined) return undefined
    return this.#invoke(turn, wake)
  }

  /** Parts that are certain to run later in this round. */
  ahead(): readonly PartInvocation[] {
    return this.#turns.slice(this.#cursor).flatMap((turn) => (this.isCertain(turn) ? turn.parts : []))
  }

  /** What would still have run: for a run that ends before its end. */
  left(): readonly PartInvocation[] {
    const rest = this.#turns.slice(this.#cursor)
    const here = rest.filter((turn) => this.isCertain(turn) || this.#woken.has(turn.position))
    const later = this.#turns.filter(({ position }) => this.#later.has(position))
    return [...here, ...later].flatMap((turn) => this.#invoke(turn, undefined))
  }

  /** Notes what came of a part. Returns the loops that this would make instead of answering them. */
  notify(
    from: PartInvocation,
    on: Notification['on'],
    wake: Pick<Wake, 'because' | 'certain'> = sure,
  ): readonly Loop[] {
    const chain = [...(from.wake?.chain ?? []), from.state.id]
    const own = this.#positions.get(from.state.id) ?? 0
    const loops: Loop[] = []
    for (const id of wakenBy(from, on)) {
      const turn = this.#turns[this.#positions.get(id) ?? -1]
      if (turn === undefined) continue
      if (chain.includes(id) || chain.length > depthLimit) loops.push({ turn, chain: [...chain, id] })
      else if (turn.position <= own) add(this.#later, turn, { ...wake, by: [from.state.id], chain })
      else if (!this.isCertain(turn)) add(this.#woken, turn, { ...wake, by: [from.state.id], chain })
    }
    return loops
  }

  /** For what is told of a state that does not run. */
  nextSequence(): number {
    return ++this.#sequence
  }

  #invoke({ parts }: Turn, wake: Wake | undefined): readonly PartInvocation[] {
    return parts.map((part) => ({ ...part, sequence: ++this.#sequence, ...(wake === undefined ? {} : { wake }) }))
  }
}

const sure = { because: [], certain: true }

/** Whether what comes of this part may be a reason to run that state. */
export const mayWake = (from: PartInvocation, id: string): boolean =>
  from.state.notifications.some(({ part, states }) => (part ?? from.index) === from.index && states.includes(id))

const wakenBy = ({ state, index }: PartInvocation, on: Notification['on']): readonly string[] =>
  state.notifications
    .filter((notification) => notification.on === on && (notification.part ?? index) === index)
    .flatMap(({ states }) => states)

/** Several notifications are one: it is as sure as the surest of them. */
const add = (wakes: Map<number, Wake>, { position }: Turn, wake: Wake): void => {
  const known = wakes.get(position)
  if (known === undefined) {
    wakes.set(position, wake)
    return
  }
  const surer = known.certain && !wake.certain ? known : !known.certain && wake.certain ? wake : undefined
  const isSure = [known, wake].some(({ certain, because }) => certain && because.length === 0)
  wakes.set(position, {
    by: [...new Set([...known.by, ...wake.by])],
    chain: known.chain,
    certain: known.certain || wake.certain,
    because: isSure ? [] : (surer?.because ?? [...new Set([...known.because, ...wake.because])]),
  })
}
