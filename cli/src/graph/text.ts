import type { Edge, GraphNode } from '@prove/catalog'
import { type EdgeKind, groupBy } from '@prove/core'
import type { Colors } from '../console/colors.js'
import { placeText } from '../place-text.js'
import { printable } from '../console/printable.js'
import type { ShownGraph } from './graph.js'
import { listed } from './listed.js'
import { outcomeWord, paint } from './paint.js'

const labels: Readonly<Record<EdgeKind, string>> = {
  requires: 'requires',
  after: 'after',
  soft: 'soft after',
  notify: 'notify',
  notify_failure: 'notify_failure',
  member: 'members',
  rescue: 'rescue',
  always: 'always',
}

const isOfGroup = (kind: EdgeKind): boolean => kind === 'member' || kind === 'rescue' || kind === 'always'

/** The states with their numbers, each with what it names and the groups that it belongs to. */
export const textGraph = (shown: ShownGraph, colors: Colors): string => {
  const { target, graph, run } = shown
  const digits = String(graph.nodes.length).length
  const bySource = groupBy(graph.edges, ({ from }) => from)
  const byGroup = groupBy(
    graph.edges.filter(({ kind }) => isOfGroup(kind)),
    ({ to }) => to,
  )
  const count = `${graph.nodes.length} ${graph.nodes.length === 1 ? 'state' : 'states'} in the order they run`
  const last = run === undefined ? '' : `; last run ${run.started}: ${run.outcome}`
  const lines = graph.nodes.flatMap((node, i) => {
    const { id } = node.compiled
    const edges = edgeLines(bySource.get(id) ?? [], byGroup.get(id) ?? [], digits + 6)
    return [`${String(i + 1).padStart(digits + 1)}. ${headOf(node, shown, colors)}`, ...edges]
  })
  return `${[`${target}: ${count}${last}`, '', ...lines].join('\n')}\n`
}

const headOf = ({ compiled }: GraphNode, { outcomes }: ShownGraph, colors: Colors): string => {
  const { id, place, lazy, defer, group } = compiled
  const last = outcomes.get(id)
  return [
    colors.bold(printable(id)),
    ...(group === undefined ? [] : ['[group]']),
    ...(lazy ? ['[lazy]'] : []),
    ...(defer === true ? ['[deferred]'] : []),
    ...(last === undefined ? [] : [paint(last.outcome, colors)(outcomeWord(last))]),
    colors.dim(printable(placeText(place))),
  ].join('  ')
}

const edgeLines = (own: readonly Edge[], around: readonly Edge[], indent: number): readonly string[] => {
  const column = indent + 16
  const kinds = Object.keys(labels) as readonly EdgeKind[]
  return [
    ...kinds.flatMap((kind) => {
      const ids = own.filter((edge) => edge.kind === kind).map(({ to }) => printable(to))
      return listed(labels[kind], ids, indent, column)
    }),
    ...kinds.filter(isOfGroup).flatMap((kind) => {
      const ids = around.filter((edge) => edge.kind === kind).map(({ from }) => printable(from))
      return listed(`${kind} of`, ids, indent, column)
    }),
  ]
}
