import { groupBy, type InvocationEvent, type TargetRecord } from '@prove/core'
import type { Edge, Graph, Subgraph } from '@viz-js/viz'
import { worst } from './outcome.js'

type Compiled = NonNullable<TargetRecord['compiled']>
type CompiledEdge = Compiled['edges'][number]

const belongs: readonly string[] = ['member', 'rescue', 'always']

/** Graphviz reads `\N` and entities in text. */
const literal = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\')

/** What Graphviz is asked to draw: states with their outcome, groups around their states, arrows the way the run goes. */
export const graphInput = ({ states, edges }: Compiled, invocations: readonly InvocationEvent[]): Graph => {
  const outcomes = groupBy(invocations, ({ state }) => state)
  const nodeOf = ({ id, lazy }: Compiled['states'][number]) => {
    const told = outcomes.get(id) ?? []
    const outcome = worst(told.map((each) => each.outcome))
    const times = told.filter(({ part }) => part === 0).length
    const word = outcome === undefined ? (lazy ? 'not run' : '') : `${outcome}${times > 1 ? ` ×${times}` : ''}`
    const label = [literal(id), ...(word === '' ? [] : [word])].join('\\n')
    return { name: id, attributes: { label, class: `${outcome ?? 'unknown'}${lazy ? ' lazy' : ''}` } }
  }
  const around = new Map<string, string>()
  for (const { from, to, kind } of edges) if (belongs.includes(kind) && !around.has(to)) around.set(to, from)
  // From left to right Graphviz stacks upwards: what runs first is given last, to stand at the top.
  const inside = groupBy(states.toReversed(), ({ id }) => around.get(id))
  const groups = new Set(around.values())
  const cluster = (id: string, place: number): Subgraph => ({
    name: `cluster_${place}`,
    graphAttributes: { label: literal(id), class: 'group' },
    // Arrows lead from state to state: this unseen one stands for the group.
    nodes: [{ name: id, attributes: { shape: 'point', class: 'end', label: '' } }, ...plainIn(id)],
    subgraphs: clustersIn(id),
  })
  const plainIn = (group: string | undefined) =>
    (inside.get(group) ?? []).filter(({ id }) => !groups.has(id)).map(nodeOf)
  const clustersIn = (group: string | undefined): Subgraph[] =>
    (inside.get(group) ?? []).filter(({ id }) => groups.has(id)).map(({ id }) => cluster(id, positions.get(id) ?? 0))
  const positions = new Map(states.map(({ id }, i) => [id, i]))
  return {
    graphAttributes: {
      rankdir: 'LR',
      bgcolor: 'transparent',
      fontname: 'Helvetica',
      fontsize: 11,
      ranksep: 0.4,
      nodesep: 0.12,
    },
    nodeAttributes: { shape: 'box', style: 'rounded,filled', fontname: 'Helvetica', fontsize: 11, height: 0.3 },
    edgeAttributes: { arrowsize: 0.7 },
    nodes: plainIn(undefined),
    subgraphs: clustersIn(undefined),
    edges: edges.flatMap((edge) => arrowOf(edge, positions)),
  }
}

/** A soft edge has none: a notification always leads the same way. */
const arrowOf = ({ from, to, kind }: CompiledEdge, positions: ReadonlyMap<string, number>): readonly Edge[] => {
  if (kind === 'soft' || belongs.includes(kind)) return []
  const [tail, head] = kind === 'requires' || kind === 'after' ? [to, from] : [from, to]
  const isBack = (positions.get(tail) ?? 0) > (positions.get(head) ?? 0)
  return [{ tail, head, attributes: { class: kind, ...(isBack ? { constraint: false } : {}) } }]
}
