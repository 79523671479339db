import type { Graph, GraphNode } from '@prove/catalog'
import { groupBy, type Outcome } from '@prove/core'
import type { LastRun, RecordedInvocation } from '../history/last-run.js'

/** What came of a state in a run: undefined where it did not run. */
export interface LastOutcome {
  readonly outcome: Outcome | undefined
  /** How often it ran; for a group always 1. */
  readonly times: number
}

/** Of several, the one to know of comes first. */
const weight: readonly Outcome[] = ['failed', 'unstable', 'pending', 'rescued', 'changed', 'ok', 'skipped']

/** The outcome that tells most: that of a state by its parts, that of a group by its states. */
export const worst = (outcomes: readonly Outcome[]): Outcome | undefined =>
  weight.find((outcome) => outcomes.includes(outcome))

/** One run of a state, by its parts. */
export type RecordedRun = readonly RecordedInvocation[]

/** A run as the places of a graph see it. */
export class RunView {
  readonly #runs: ReadonlyMap<string, readonly RecordedRun[]>
  readonly #places: ReadonlyMap<string, readonly string[]>
  readonly #outcomes = new Map<string, LastOutcome>()

  constructor(
    graph: Graph,
    readonly run: LastRun,
  ) {
    const byState = groupBy(run.invocations, ({ state }) => state)
    this.#runs = new Map([...byState].map(([state, invocations]) => [state, runsIn(invocations)]))
    const compiled = graph.nodes.map((node) => node.compiled)
    const places = groupBy(compiled, ({ id, of }) => of ?? id)
    this.#places = new Map([...places].map(([state, all]) => [state, all.map(({ id }) => id)]))
    // What belongs to a group stands before it.
    for (const state of compiled) this.#outcomes.set(state.id, this.#find(state))
  }

  /** What came of every place, by full id. */
  get outcomes(): ReadonlyMap<string, LastOutcome> {
    return this.#outcomes
  }

  /**
   * The runs of one place. A sequence may run a state in several places, of which the record knows only the state: its first
   * runs are those of the places in turn, and further ones answer notifications of the state itself.
   */
  runsOf({ id, of = id }: Pick<GraphNode['compiled'], 'id' | 'of'>): readonly RecordedRun[] {
    const runs = this.#runs.get(of) ?? []
    const places = this.#places.get(of) ?? []
    return places.length < 2 ? runs : runs.filter((_run, i) => (places[i] ?? of) === id)
  }

  #find(state: GraphNode['compiled']): LastOutcome {
    const { group } = state
    if (group === undefined) {
      const runs = this.runsOf(state)
      return { outcome: worst(runs.flatMap((parts) => parts.map(({ outcome }) => outcome))), times: runs.length }
    }
    const ids = [...group.members, ...group.rescue, ...group.always]
    return { outcome: worst(ids.flatMap((id) => this.#outcomes.get(id)?.outcome ?? [])), times: 1 }
  }
}

const runsIn = (invocations: readonly RecordedInvocation[]): readonly RecordedRun[] => {
  const runs: RecordedInvocation[][] = []
  for (const each of invocations) {
    const open = runs.at(-1)
    if (open === undefined || each.part <= (open.at(-1)?.part ?? 0)) runs.push([each])
    else open.push(each)
  }
  return runs
}
