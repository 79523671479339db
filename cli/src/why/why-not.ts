import type { Graph, GraphNode } from '@prove/catalog'
import { outcomeWord } from '../graph/paint.js'
import type { RunView } from '../graph/last-outcomes.js'

/** Why the last run has nothing to tell of a state. */
export const whyNot = (graph: Graph, { compiled }: GraphNode, view: RunView): string => {
  const { id, of = id, lazy, gates = [], group } = compiled
  const { run, outcomes } = view
  if (run.states.length === 0) return `that run came to no state: the target ended as ${run.outcome}`
  if (!run.states.includes(id) && !run.states.includes(of)) {
    return 'it was not among the states of that run, which had other state files or an older catalog'
  }
  if (group !== undefined) {
    const last = outcomes.get(id)
    if (last?.outcome === undefined) return 'nothing that belongs to it ran'
    return `a group does nothing itself; of what belongs to it, the worst outcome was ${last.outcome}`
  }
  const untilThen = run.outcome === 'lost' ? ', and then the target was lost' : ''
  const gate = gates.find((each) => each.as === 'rescue') ?? gates[0]
  if (!lazy && gate !== undefined) {
    return gate.as === 'rescue'
      ? `it did not run: nothing of ${gate.group} failed${untilThen}`
      : `it did not run: ${gate.group} never began${untilThen}`
  }
  if (!lazy) return `it did not come to run: the target ended as ${run.outcome}`
  const notifiers = graph.edges
    .filter(({ to, kind }) => to === id && (kind === 'notify' || kind === 'notify_failure'))
    .map(({ from, kind }) => {
      const word = outcomeWord(outcomes.get(from) ?? { outcome: undefined, times: 0 })
      return `${from} ${kind === 'notify' ? 'notifies it when changed' : 'notifies it when failed'}, and was ${word}`
    })
  const known = notifiers.length === 0 ? 'no state does' : notifiers.join('; ')
  return `it did not run: it is lazy, and nobody notified it${untilThen} (${known})`
}
