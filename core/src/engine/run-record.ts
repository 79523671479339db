import type {
  CatalogErrorEvent,
  CompiledEvent,
  ErrorEvent,
  InvocationEvent,
  ProveEvent,
  RunEvent,
  SummaryEvent,
  TargetOutcome,
  TargetSummary,
  TripEvent,
} from './event.js'

/** What the events of a run told of one target. */
export interface TargetRecord {
  readonly target: string
  /** Absent where it came not so far. */
  readonly compiled?: CompiledEvent
  /** The last that was told of each part, in the order of the run. */
  readonly invocations: readonly InvocationEvent[]
  readonly trips: readonly TripEvent[]
  readonly errors: readonly ErrorEvent[]
  /** Absent where it did not end. */
  readonly outcome?: TargetOutcome
  readonly summary?: TargetSummary
}

/** What the events of a run told, for reports that need all of it at once. */
export interface RunRecord {
  readonly run?: RunEvent
  /** In the order of the run event. */
  readonly targets: readonly TargetRecord[]
  readonly errors: readonly CatalogErrorEvent[]
  /** Absent where the run did not end. */
  readonly summary?: SummaryEvent
}

type Draft = Omit<TargetRecord, 'invocations' | 'trips' | 'errors'> & {
  readonly parts: Map<number, InvocationEvent>
  readonly trips: TripEvent[]
  readonly errors: ErrorEvent[]
}

/** Puts the events of one run together, target by target. */
export const recordOf = (events: Iterable<ProveEvent>): RunRecord => {
  const drafts = new Map<string, Draft>()
  const draftOf = (target: string): Draft => drafts.get(target) ?? { target, parts: new Map(), trips: [], errors: [] }
  const errors: CatalogErrorEvent[] = []
  let whole: Pick<RunRecord, 'run' | 'summary'> = {}
  for (const event of events) {
    if (event.type === 'run') {
      whole = { ...whole, run: event }
      for (const target of event.targets) drafts.set(target, draftOf(target))
    } else if (event.type === 'summary') whole = { ...whole, summary: event }
    else if (event.type === 'error') errors.push(event)
    else drafts.set(event.target, added(draftOf(event.target), event))
  }
  const targets = [...drafts.values()].map(({ parts, ...draft }): TargetRecord => {
    const summary = whole.summary?.targets[draft.target]
    const invocations = [...parts.values()].toSorted((a, b) => a.sequence - b.sequence)
    return { ...draft, invocations, ...(summary === undefined ? {} : { summary }) }
  })
  return { ...whole, targets, errors }
}

/** A part that is told of again, as rescued or unstable, replaces what was told before. */
const added = (draft: Draft, event: Extract<ProveEvent, { readonly target: string }>): Draft => {
  if (event.type === 'compiled') return { ...draft, compiled: event }
  if (event.type === 'trip') draft.trips.push(event)
  else if (event.type === 'invocation') draft.parts.set(event.sequence, event)
  else if (event.event === 'error' && event.error !== undefined) draft.errors.push(event.error)
  else if (event.event === 'ended' && event.outcome !== undefined) return { ...draft, outcome: event.outcome }
  return draft
}
