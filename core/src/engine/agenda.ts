import {
  definitionOf,
  heedsNotice,
  identityOf,
  type PartInvocation,
  type Turn,
  type Variables,
  type Wake,
} from './invocation.js'
import type { CompiledState } from '../contracts/compiled.js'

/** Who notifies: a part, or a group. */
export interface Notifier {
  readonly state: CompiledState
  readonly with: Variables
  readonly wake?: Pick<Wake, 'chain'>
}

/** What a notification asks for: an invocation of a state with these variables. */
export interface Call {
  readonly state: string
  readonly with: Variables
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

interface Asked extends Wake {
  readonly with: Variables
}

/** By the place of the state, then by the identity of the invocation. */
type Calls = Map<number, Map<string, Asked>>

/**
 * Whose turn it is. The first round visits every state in order: those that are lazy only when an earlier one notified them.
 * A notification to a state that has had its turn is answered in another round. Deferred states have rounds of their own,
 * when nothing else is left. Equal notifications are one.
 */
export class Agenda {
  readonly #turns: readonly Turn[]
  readonly #positions: ReadonlyMap<string, number>
  /** By the state as it stands in the catalog: a sequence may run it in several places. */
  readonly #places = new Map<string, number[]>()
  /** Places of states that run of their own and have not yet. */
  readonly #due = new Set<number>()
  /** Places of those that have, in this round. */
  readonly #ran = new Set<number>()
  readonly #here: Calls = new Map()
  readonly #later: Calls = new Map()
  #deferring = false
  #cursor = 0
  #sequence = 0
  #run = 0

  constructor(turns: readonly Turn[]) {
    this.#turns = turns
    this.#positions = new Map(turns.map(({ state, position }) => [state.id, position]))
    for (const { state, position } of turns) {
      const id = definitionOf(state)
      this.#places.set(id, [...(this.#places.get(id) ?? []), position])
      // Whoever notifies a whole sequence means each of its places.
      if (state.id !== id) this.#places.set(state.id, [position])
      if (!state.lazy && state.gates === undefined && state.group === undefined) this.#due.add(position)
    }
  }

  /** The next turn of this round, which may yet prove to be nobody's; undefined at its end. */
  next(): Turn | undefined {
    for (;;) {
      const turn = this.#turns[this.#cursor++]
      if (turn === undefined || this.#isDeferred(turn) === this.#deferring) return turn
    }
  }

  /**
   * Begins another round when anyone was notified after their turn, or when only deferred states are left; `hasUntold` says
   * that a deferred group has something to tell.
   */
  nextRound(hasUntold: boolean): boolean {
    const places = [...this.#later.keys()]
    const isMain = places.some((place) => !this.#isDeferredAt(place))
    const isLeft = hasUntold || places.length > 0 || [...this.#due].some((place) => this.#isDeferredAt(place))
    if (!isLeft) return false
    this.#deferring = !isMain
    this.#ran.clear()
    for (const [place, calls] of this.#later) {
      if (this.#isDeferredAt(place) !== this.#deferring) continue
      this.#here.set(place, calls)
      this.#later.delete(place)
    }
    this.#cursor = 0
    return true
  }

  /** Whether it runs whatever is still to come of earlier states. */
  isCertain({ position }: Turn): boolean {
    return this.#due.has(position)
  }

  /**
   * Its invocations, each with its parts; none when nobody notified it. All that comes before it must have been settled.
   * `open` says that the gates of a state that has some let it run of its own.
   */
  begin(turn: Turn, open = false): readonly (readonly PartInvocation[])[] {
    const { position } = turn
    const calls = this.#here.get(position) ?? new Map<string, Asked>()
    this.#here.delete(position)
    const own = identityOf(definitionOf(turn.state), {})
    const call = calls.get(own)
    const isDue = this.#due.delete(position) || open
    if (isDue) this.#ran.add(position)
    const first = isDue || call !== undefined ? [this.#invoke(turn, isDue ? beside(turn, call) : call)] : []
    return [...first, ...[...calls].flatMap(([key, each]) => (key === own ? [] : [this.#invoke(turn, each)]))]
  }

  /** Parts that are certain to run later. */
  ahead(): readonly PartInvocation[] {
    const rest = this.#turns.filter(
      ({ position }) => position >= this.#cursor || (!this.#deferring && this.#isDeferredAt(position)),
    )
    return rest.flatMap((turn) => (this.isCertain(turn) ? turn.parts : []))
  }

  /** What would still have run: for a run that ends before its end. */
  left(): readonly PartInvocation[] {
    const isLeft = ({ position }: Turn): boolean =>
      this.#due.has(position) || this.#later.has(position) || this.#here.has(position)
    return this.#turns.filter(isLeft).flatMap((turn) => this.#invoke(turn, undefined))
  }

  /** Answers a notification, now or in another round. Returns the loop that this would make instead. */
  wake(from: Notifier, { state, with: given }: Call, wake: Omit<Wake, 'chain'>): Loop | undefined {
    const chain = [...(from.wake?.chain ?? []), identityOf(definitionOf(from.state), from.with)]
    const own = this.#positions.get(from.state.id) ?? -1
    const places = this.#places.get(state) ?? []
    const turn = this.#turns[places.find((place) => place > own) ?? places[0] ?? -1]
    if (turn === undefined) return undefined
    const identity = identityOf(definitionOf(turn.state), given)
    if (chain.includes(identity) || chain.length > depthLimit) {
      return { turn, chain: [...chain, identity].map((each) => each.split(' ', 1)[0] ?? '') }
    }
    this.#add(turn, own, identity, { ...wake, with: given, chain })
    return undefined
  }

  /** Answers a notification of an earlier run. False where there is no such state. */
  recall({ state, with: given }: Call, wake: Omit<Wake, 'chain'>): boolean {
    const turn = this.#turns[this.#places.get(state)?.[0] ?? -1]
    if (turn === undefined) return false
    this.#add(turn, -1, identityOf(definitionOf(turn.state), given), { ...wake, with: given, chain: [] })
    return true
  }

  /** The places in the ledger of notifications that are still to be answered. */
  get pendingKeys(): ReadonlySet<string> {
    const calls = [...this.#here.values(), ...this.#later.values()].flatMap((each) => [...each.values()])
    return new Set(calls.flatMap(({ keys }) => keys))
  }

  /** For what is told of a state that does not run. */
  nextSequence(): number {
    return ++this.#sequence
  }

  #add(turn: Turn, own: number, identity: string, asked: Asked): void {
    const { position } = turn
    const isHere = position > own && this.#isDeferred(turn) === this.#deferring
    // It was told of late, but the state has run after its notifier: that was the answer.
    if (isHere && this.#ran.has(position) && identity === definitionOf(turn.state)) return
    const calls = isHere ? this.#here : this.#later
    const known = calls.get(position) ?? new Map<string, Asked>()
    calls.set(position, known)
    const before = known.get(identity)
    known.set(identity, before === undefined ? asked : joined(before, asked))
  }

  #invoke({ parts }: Turn, asked: Asked | undefined): readonly PartInvocation[] {
    const run = ++this.#run
    return parts.map((part) => {
      const one = { ...part, run, sequence: ++this.#sequence }
      if (asked === undefined) return one
      const { with: given, ...wake } = asked
      return { ...one, with: given, wake }
    })
  }

  #isDeferred({ state }: Turn): boolean {
    return state.defer === true
  }

  #isDeferredAt(position: number): boolean {
    const turn = this.#turns[position]
    return turn !== undefined && this.#isDeferred(turn)
  }
}

/** What a notification adds to a state that runs anyway: only its steps for being notified may hang on it. */
const beside = (turn: Turn, call: Asked | undefined): Asked | undefined => {
  if (call === undefined || heedsNotice(turn)) return call
  // It runs of its own, and begins an ancestry: the master may hear of its notifier only after it was sent.
  return call.certain ? { ...call, because: [], chain: [] } : undefined
}

/** Several notifications are one: it is as sure as the surest of them. */
const joined = (known: Asked, more: Asked): Asked => {
  const surer = known.certain && !more.certain ? known : !known.certain && more.certain ? more : undefined
  const isSure = [known, more].some(({ certain, because }) => certain && because.length === 0)
  const { since = more.since } = known
  const failing =
    known.unless !== undefined && more.unless !== undefined ? [...known.unless, ...more.unless] : undefined
  return {
    by: unique([...known.by, ...more.by]),
    chain: known.chain,
    with: known.with,
    certain: known.certain || more.certain,
    because: isSure ? [] : (surer?.because ?? unique([...known.because, ...more.because])),
    keys: unique([...known.keys, ...more.keys]),
    ...(since === undefined ? {} : { since }),
    ...(failing === undefined ? {} : { unless: unique(failing) }),
  }
}

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)]
