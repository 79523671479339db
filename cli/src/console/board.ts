import type {
  CompiledEvent,
  Confidence,
  ErrorEvent,
  InvocationEvent,
  ProveEvent,
  SummaryEvent,
  TargetEvent,
  TargetOutcome,
} from '@prove/core'
import { isAsDeclared } from './as-declared.js'

type CompiledState = CompiledEvent['states'][number]

/** What is known of a target while its run goes on. */
export interface TargetPicture {
  readonly name: string
  readonly phase: 'waiting' | 'working' | 'ended'
  readonly outcome: TargetOutcome | undefined
  /** When work on it began, and when what it does now began: milliseconds of any clock. */
  readonly began: number
  readonly since: number
  readonly doing: string
  /** Parts with a result, and all that are known to be due. */
  readonly done: number
  readonly total: number
  readonly states: ReadonlyMap<string, CompiledState>
  /** The last word on every part that is not as declared, by its number. */
  readonly notable: ReadonlyMap<number, InvocationEvent>
  /** Of a plan: parts that stay as declared if these states leave what they should. */
  readonly stays: { readonly count: number; readonly dependsOn: ReadonlySet<string> }
  readonly errors: readonly ErrorEvent[]
  /** States whose steps were sent to it and have no result yet. */
  readonly running: readonly string[]
}

/** Made of the events of a run: what every target is doing, and what has come of it. */
export class Board {
  operation = ''
  /** In which ways lines of a plan are not sure. */
  readonly unsure = new Set<Confidence>()
  readonly #targets = new Map<string, Mutable>()

  constructor(private readonly clock: () => number) {}

  get targets(): readonly TargetPicture[] {
    return [...this.#targets.values()]
  }

  get(name: string): TargetPicture | undefined {
    return this.#targets.get(name)
  }

  /** Columns of the longest name of a state of a target; 0 before they are known. */
  longestState(name: string): number {
    return this.#targets.get(name)?.longestState ?? 0
  }

  /** It is about to be reached. */
  begin(name: string): void {
    const target = this.#of(name)
    target.phase = 'working'
    target.began = this.clock()
    this.#turnTo(target, 'connecting')
  }

  take(event: ProveEvent): void {
    switch (event.type) {
      case 'run':
        this.operation = event.operation
        for (const name of event.targets) this.#of(name)
        break
      case 'compiled':
        this.#compiled(this.#of(event.target), event)
        break
      case 'target':
        this.#told(this.#of(event.target), event)
        break
      case 'invocation':
        this.#ended(this.#of(event.target), event)
        break
      case 'summary':
        this.#summed(event)
        break
      default:
        break
    }
  }

  #of(name: string): Mutable {
    const known = this.#targets.get(name) ?? fresh(name)
    this.#targets.set(name, known)
    return known
  }

  #turnTo(target: Mutable, doing: string): void {
    if (target.doing === doing) return
    target.doing = doing
    target.since = this.clock()
  }

  #compiled(target: Mutable, { states }: CompiledEvent): void {
    target.states = new Map(states.map((state) => [state.id, state]))
    target.total = states.reduce((sum, { lazy, functions }) => sum + (lazy ? 0 : functions.length), 0)
    target.longestState = Math.max(0, ...states.map(({ id }) => id.length))
    this.#turnTo(target, 'checking')
  }

  #told(target: Mutable, { event, outcome, error, running, ran }: TargetEvent): void {
    if (event === 'ended') {
      target.phase = 'ended'
      target.outcome = outcome
    } else {
      if (target.phase === 'waiting') this.begin(target.name)
      if (event === 'error' && error !== undefined) target.errors.push(error)
      if (event === 'connected') this.#turnTo(target, whenConnected[this.operation] ?? 'waiting for its answer')
      if (event === 'running') target.running = [...(running ?? [])]
      if (event === 'ran') for (const state of ran ?? []) this.#ran(target, state)
      if (event === 'killed') target.isKilled = true
      if (['running', 'ran', 'killed'].includes(event)) this.#turnTo(target, sentTo(target))
    }
  }

  #ended(target: Mutable, event: InvocationEvent): void {
    const { sequence, state, part, confidence = 'sure' } = event
    if (confidence !== 'sure') this.unsure.add(confidence)
    const isNew = !target.seen.has(sequence)
    target.seen.add(sequence)
    target.done = target.seen.size
    const key = `${state} ${part}`
    // A lazy state that was woken, and one that runs again, were not counted as due.
    if (isNew && (target.parts.has(key) || target.states.get(state)?.lazy === true)) target.total += 1
    target.parts.add(key)
    target.total = Math.max(target.total, target.done)
    if (isAsDeclared(event)) target.notable.delete(sequence)
    else target.notable.set(sequence, event)
    if (isAsDeclared(event) && confidence === 'conditional') {
      target.stays.count += 1
      for (const id of event.dependsOn ?? []) target.stays.dependsOn.add(id)
    }
    this.#ran(target, state)
    this.#turnTo(target, sentTo(target))
  }

  #ran(target: Mutable, state: string): void {
    const sent = target.running.indexOf(state)
    if (sent >= 0) target.running.splice(sent, 1)
  }

  #summed({ targets }: SummaryEvent): void {
    for (const [name, { outcome }] of Object.entries(targets))
      Object.assign(this.#of(name), { phase: 'ended', outcome })
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

interface Mutable extends Writable<TargetPicture> {
  notable: Map<number, InvocationEvent>
  stays: { count: number; readonly dependsOn: Set<string> }
  errors: ErrorEvent[]
  running: string[]
  /** Numbers of the parts that have a result; and the parts that have had one. */
  readonly seen: Set<number>
  readonly parts: Set<string>
  longestState: number
  isKilled: boolean
}

const fresh = (name: string): Mutable => ({
  name,
  phase: 'waiting',
  outcome: undefined,
  began: 0,
  since: 0,
  doing: '',
  done: 0,
  total: 0,
  states: new Map(),
  notable: new Map(),
  stays: { count: 0, dependsOn: new Set() },
  errors: [],
  running: [],
  seen: new Set(),
  parts: new Set(),
  longestState: 0,
  isKilled: false,
})

const whenConnected: Readonly<Record<string, string>> = {
  plan: 'reading facts',
  apply: 'reading facts',
  facts: 'reading facts',
  cmd: 'running the command',
}

/** Steps that were sent together have their results together: the first of them stands for all. */
const sentTo = ({ running, isKilled, done, total }: Mutable): string => {
  const [first] = running
  if (first === undefined) return done > 0 && done >= total ? 'proving' : 'checking'
  const more = running.length > 1 ? ` and ${running.length - 1} more` : ''
  return `${isKilled ? 'killing ' : ''}${first}${more}`
}
