import type { Graph, GraphNode } from '@prove/catalog'
import type { Outcome } from '@prove/core'
import { RunView } from '../graph/last-outcomes.js'
import type { LastRun, RecordedInvocation } from '../history/last-run.js'
import { whyNot } from './why-not.js'

/** One state in a chain of notifications. */
export interface Link {
  readonly state: string
  /** What came of it; absent where an earlier run noted the notification, or the record does not tell. */
  readonly outcome?: Outcome
  /** When an earlier run noted that it notified: ISO 8601. */
  readonly since?: string
}

/** One run of the state. */
export interface RunStory {
  readonly parts: readonly RecordedInvocation[]
  /** For each that notified it, how it came to that: the first cause first, the state itself last. */
  readonly chains: readonly (readonly Link[])[]
}

/** What came of a state in the last run. */
export interface LastRunStory {
  readonly started: string
  /** Of the target. */
  readonly outcome: LastRun['outcome']
  readonly runs: readonly RunStory[]
  /** States that were skipped because it failed, near or far; absent where there are none. */
  readonly keptBack?: readonly string[]
  /** Why it did not run; absent where it did. */
  readonly notRun?: string
}

/** Tells what a record holds about one state, and with the graph why. */
export const lastRunStory = (graph: Graph, node: GraphNode, run: LastRun): LastRunStory => {
  const view = new RunView(graph, run)
  const chains = new Chains(graph, run)
  const runs = view.runsOf(node.compiled).map((parts): RunStory => ({ parts, chains: chains.of(parts) }))
  const { started, outcome } = run
  const keptBack = keptBackBy(node.compiled.id, graph, view)
  const back = keptBack.length === 0 ? {} : { keptBack }
  return { started, outcome, runs, ...back, ...(runs.length > 0 ? {} : { notRun: whyNot(graph, node, view) }) }
}

/** What requires a state that failed, and what requires that, as far as it was skipped. */
const keptBackBy = (id: string, { edges }: Graph, { outcomes }: RunView): readonly string[] => {
  if (outcomes.get(id)?.outcome !== 'failed') return []
  const found = new Set([id])
  for (const reached of found) {
    for (const { from, to, kind } of edges) {
      if (to === reached && kind === 'requires' && outcomes.get(from)?.outcome === 'skipped') found.add(from)
    }
  }
  return [...found].slice(1)
}

/** Follows notifications back to where they began. */
class Chains {
  readonly #groups: ReadonlyMap<string, ReadonlySet<string>>

  constructor(
    graph: Graph,
    private readonly run: LastRun,
  ) {
    const groups = new Map<string, ReadonlySet<string>>()
    for (const { compiled } of graph.nodes) {
      const { id, group } = compiled
      if (group === undefined) continue
      // What belongs to a group stands before it.
      const direct = [...group.members, ...group.rescue, ...group.always]
      groups.set(id, new Set(direct.flatMap((each) => [...(groups.get(each) ?? [each])])))
    }
    this.#groups = groups
  }

  of(parts: readonly RecordedInvocation[]): readonly (readonly Link[])[] {
    const [first] = parts
    const by = first?.notifiedBy ?? []
    if (first === undefined) return []
    return by.map((notifier) => [...this.#upTo(notifier, first), { state: first.state }])
  }

  /** The way to a notifier, and it. Every link has its turn before the next, so this ends. */
  #upTo(notifier: string, woken: RecordedInvocation): readonly Link[] {
    if (woken.notifiedSince !== undefined) return [{ state: notifier, since: woken.notifiedSince }]
    const within = this.#groups.get(notifier)
    const cause = this.run.invocations.findLast(
      ({ state, sequence, outcome }) =>
        sequence < woken.sequence && notifies(outcome) && (state === notifier || within?.has(state) === true),
    )
    if (cause === undefined) return [{ state: notifier }]
    const [first] = cause.notifiedBy ?? []
    const before = first === undefined ? [] : this.#upTo(first, cause)
    const link = { state: cause.state, outcome: cause.outcome }
    return [...before, link, ...(within === undefined ? [] : [{ state: notifier }])]
  }
}

/** What an unstable or rescued part did before it was called that. */
const notifies = (outcome: Outcome): boolean => outcome !== 'ok' && outcome !== 'skipped'
