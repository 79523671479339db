import type { EdgeKind } from '@prove/core'
import { type DrawnEdge, type DrawnNode, drawingOf } from './drawing.js'
import type { ShownGraph } from './graph.js'
import { fills } from './paint.js'

const styles: Readonly<Record<EdgeKind, readonly string[]>> = {
  requires: ['style=solid'],
  after: ['style=dashed'],
  soft: ['style=dotted'],
  notify: ['style=bold', 'color="#2e7d32"'],
  notify_failure: ['style=bold', 'color="#c62828"'],
  member: ['style=dotted', 'arrowhead=none', 'label="member"'],
  rescue: ['style=dotted', 'arrowhead=none', 'label="rescue"'],
  always: ['style=dotted', 'arrowhead=none', 'label="always"'],
}

/** The graph in the language of Graphviz. */
export const dotGraph = ({ target, graph, outcomes }: ShownGraph): string => {
  const { nodes, edges } = drawingOf(graph, outcomes)
  const groups = new Set(groupsIn(nodes))
  const lines = [
    '// Arrows point the way the run goes: solid requires, dashed after, green notify, red notify_failure.',
    'digraph prove {',
    `  graph [label=${quoted([target])}, labelloc=t, compound=true, fontname="Helvetica"]`,
    '  node [shape=box, fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=9]',
    ...nodes.flatMap((node) => nodeLines(node, '  ')),
    ...edges.map((edge) => `  ${edgeLine(edge, groups)}`),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

const groupsIn = (nodes: readonly DrawnNode[]): readonly string[] =>
  nodes.flatMap(({ name, isGroup, inner }) => [...(isGroup ? [name] : []), ...groupsIn(inner)])

const nodeLines = (node: DrawnNode, indent: string): readonly string[] => {
  const { name, label, lazy, isGroup, outcome, inner } = node
  const fill = outcome === undefined ? undefined : fills[outcome]
  if (!isGroup) {
    const style = [...(lazy ? ['dashed'] : []), ...(fill === undefined ? [] : ['filled'])].join(',')
    const attributes = [
      `label=${quoted(label)}`,
      ...(style === '' ? [] : [`style="${style}"`]),
      ...(fill === undefined ? [] : [`fillcolor="${fill}"`]),
    ]
    return [`${indent}${name} [${attributes.join(', ')}]`]
  }
  const inside = `${indent}  `
  return [
    `${indent}subgraph cluster_${name} {`,
    `${inside}graph [label=${quoted(label)}, style=${lazy ? 'dashed' : 'rounded'}, pencolor="${fill ?? '#757575'}"]`,
    // Arrows lead from state to state: this unseen one stands for the group, and they are cut at its border.
    `${inside}${name} [shape=point, style=invis]`,
    ...inner.flatMap((each) => nodeLines(each, inside)),
    `${indent}}`,
  ]
}

const edgeLine = ({ from, to, kind, isBack }: DrawnEdge, groups: ReadonlySet<string>): string => {
  const attributes = [
    ...styles[kind],
    ...(groups.has(from) ? [`ltail=cluster_${from}`] : []),
    ...(groups.has(to) ? [`lhead=cluster_${to}`] : []),
    ...(isBack ? ['constraint=false'] : []),
  ]
  return `${from} -> ${to} [${attributes.join(', ')}]`
}

/** Lines as one label: Graphviz knows escapes with a backslash, and entities as in HTML. */
const quoted = (lines: readonly string[]): string => {
  const escaped = lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
  return `"${escaped.join('\\n')}"`
}
