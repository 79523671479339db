import type { Graph, GraphNode } from '@prove/catalog'
import type { EdgeKind } from '@prove/core'
import { printable } from '../console/printable.js'
import type { LastOutcome } from './last-outcomes.js'
import { outcomeWord } from './paint.js'

/** A state, or a group around others, with a name that no format takes for anything else. */
export interface DrawnNode {
  /** `n` and its place in the order, from 1; `e` behind it where it stands for the end of a group. */
  readonly name: string
  /** Lines of text. */
  readonly label: readonly string[]
  readonly lazy: boolean
  readonly isGroup: boolean
  readonly outcome: LastOutcome['outcome']
  /** What is drawn inside of it. */
  readonly inner: readonly DrawnNode[]
}

/** An arrow, which points the way that the run goes. */
export interface DrawnEdge {
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
  /** It leads to what has its place further up. */
  readonly isBack: boolean
}

export interface Drawing {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}

interface Draft extends DrawnNode {
  readonly inner: Draft[]
}

const branches: readonly EdgeKind[] = ['member', 'rescue', 'always']

/**
 * What a drawing shows: groups around their states, and arrows. A soft edge has none of its own, because a notification
 * always leads the same way. A state that two groups name is inside of one, and a line leads to it from the other.
 */
export const drawingOf = (graph: Graph, outcomes: ReadonlyMap<string, LastOutcome>): Drawing => {
  const positions = new Map(graph.nodes.map(({ compiled }, i) => [compiled.id, i]))
  const around = new Map<string, { readonly group: string; readonly kind: EdgeKind }>()
  for (const { from, to, kind } of graph.edges) {
    if (branches.includes(kind) && !around.has(to)) around.set(to, { group: from, kind })
  }
  const drafts = new Map(
    graph.nodes.map((node, i) => {
      const { id } = node.compiled
      return [id, draftOf(node, `n${i + 1}`, around.get(id)?.kind, outcomes.get(id))]
    }),
  )
  const outer: Draft[] = []
  const isInside = (id: string, group: string): boolean => {
    for (let at = around.get(id)?.group; at !== undefined; at = around.get(at)?.group) if (at === group) return true
    return false
  }
  for (const [id, draft] of drafts) (drafts.get(around.get(id)?.group ?? '')?.inner ?? outer).push(draft)
  const isShown = ({ from, to, kind }: Graph['edges'][number]): boolean =>
    kind !== 'soft' && !(branches.includes(kind) && isInside(to, from))
  const edges = graph.edges.filter(isShown).map(({ from, to, kind }): DrawnEdge => {
    // What names an earlier state comes after it.
    const [first, second] = kind === 'requires' || kind === 'after' ? [to, from] : [from, to]
    const isBack = (positions.get(first) ?? 0) > (positions.get(second) ?? 0)
    const nameOf = (id: string, other: string): string => {
      const draft = drafts.get(id)
      return draft !== undefined && isInside(other, id) ? endOf(draft).name : (draft?.name ?? '')
    }
    return { from: nameOf(first, second), to: nameOf(second, first), kind, isBack }
  })
  return { nodes: outer, edges }
}

/** No format can draw an arrow from a group to what is inside of it: it leads from the end of the group, drawn inside too. */
const endOf = (group: Draft): Draft => {
  const name = `${group.name}e`
  const known = group.inner.find((each) => each.name === name)
  if (known !== undefined) return known
  const end = { name, label: ['end of the group'], lazy: false, isGroup: false, outcome: undefined, inner: [] }
  group.inner.push(end)
  return end
}

const draftOf = (
  { compiled: { id, lazy, defer, group } }: GraphNode,
  name: string,
  branch: EdgeKind | undefined,
  last: LastOutcome | undefined,
): Draft => {
  const marks = [
    ...(branch === undefined || branch === 'member' ? [] : [branch]),
    ...(lazy ? ['lazy'] : []),
    ...(defer === true ? ['deferred'] : []),
    ...(last === undefined ? [] : [outcomeWord(last)]),
  ]
  const label = [printable(id), ...(marks.length === 0 ? [] : [marks.join(', ')])]
  return { name, label, lazy, isGroup: group !== undefined, outcome: last?.outcome, inner: [] }
}
