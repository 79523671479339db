import type { EdgeKind } from '@prove/core'
import { type Drawing, type DrawnNode, drawingOf } from './drawing.js'
import type { ShownGraph } from './graph.js'
import { fills } from './paint.js'

const arrows: Readonly<Record<EdgeKind, string>> = {
  requires: '-->',
  after: '-.->',
  soft: '-.->',
  notify: '==>',
  notify_failure: '==>',
  member: '-. member .-',
  rescue: '-. rescue .-',
  always: '-. always .-',
}

const strokes: Readonly<Partial<Record<EdgeKind, string>>> = { notify: '#2e7d32', notify_failure: '#c62828' }

/** The graph in the language of Mermaid, which Markdown pages can hold. */
export const mermaidGraph = ({ graph, outcomes }: ShownGraph): string => {
  const drawing = drawingOf(graph, outcomes)
  const lines = [
    'flowchart TD',
    '  %% Arrows point the way the run goes: solid requires, dashed after, green notify, red notify_failure.',
    ...drawing.nodes.flatMap((node) => nodeLines(node, '  ')),
    ...drawing.edges.map(({ from, to, kind }) => `  ${from} ${arrows[kind]} ${to}`),
    ...strokeLines(drawing),
    ...classLines(drawing),
  ]
  return `${lines.join('\n')}\n`
}

const nodeLines = ({ name, label, isGroup, inner }: DrawnNode, indent: string): readonly string[] => {
  const text = label.map(escaped).join('<br/>')
  if (!isGroup) return [`${indent}${name}["${text}"]`]
  return [
    `${indent}subgraph ${name}["${text}"]`,
    ...inner.flatMap((each) => nodeLines(each, `${indent}  `)),
    `${indent}end`,
  ]
}

/** Mermaid colours arrows by their numbers. */
const strokeLines = ({ edges }: Drawing): readonly string[] =>
  Object.entries(strokes).flatMap(([kind, stroke]) => {
    const numbers = edges.flatMap((edge, i) => (edge.kind === kind ? [i] : []))
    return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} stroke:${stroke}`]
  })

const classLines = ({ nodes }: Drawing): readonly string[] => {
  const all = everyOne(nodes)
  const lazy = all.filter((node) => node.lazy).map(({ name }) => name)
  const classes = [
    { name: 'lazy', style: 'stroke-dasharray:5 5', members: lazy },
    ...Object.entries(fills).map(([outcome, fill]) => ({
      name: outcome,
      style: `fill:${fill},color:#000`,
      members: all.filter((node) => node.outcome === outcome).map(({ name }) => name),
    })),
  ]
  return classes
    .filter(({ members }) => members.length > 0)
    .flatMap(({ name, style, members }) => [`  classDef ${name} ${style}`, `  class ${members.join(',')} ${name}`])
}

const everyOne = (nodes: readonly DrawnNode[]): readonly DrawnNode[] =>
  nodes.flatMap((node) => [node, ...everyOne(node.inner)])

/** Everything but plain letters could mean something: as `#NUMBER;` it does not. */
const escaped = (text: string): string =>
  text.replaceAll(/[^\p{L}\p{N} _./:,@+-]/gu, (found) => `#${found.codePointAt(0)};`)
