import { graphOf } from '@prove/catalog'
import type { CompiledState } from '@prove/core'
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { compiledState as state } from '../../../test-fixtures/compiled-state.js'
import type { LastRun } from '../history/last-run.js'
import { dotGraph } from './dot.js'
import type { ShownGraph } from './graph.js'
import { RunView } from './last-outcomes.js'
import { listed } from './listed.js'
import { mermaidGraph } from './mermaid.js'
import { textGraph } from './text.js'

const colors = pc.createColors(false)

const shownOf = (states: readonly CompiledState[], run?: LastRun): ShownGraph => {
  const graph = graphOf(states)
  return { target: 'web1', graph, run, outcomes: run === undefined ? new Map() : new RunView(graph, run).outcomes }
}

const runOf = (...invocations: readonly (readonly [string, LastRun['outcome'] | 'skipped'])[]): LastRun => ({
  started: '2026-01-01T00:00:00.000Z',
  outcome: 'changed',
  states: [],
  invocations: invocations.map(([id, outcome], i) => ({
    sequence: i + 1,
    state: id,
    fn: 'cmd.run',
    part: 0,
    outcome: outcome as 'ok',
    fields: [],
    withNames: [],
  })),
})

interface Case {
  readonly title: string
  readonly states: readonly CompiledState[]
  readonly run?: LastRun
  readonly text: readonly string[]
  readonly dot: readonly string[]
  readonly mermaid: readonly string[]
}

const gate = (group: string, as: 'rescue' | 'always') => ({ gates: [{ group, as }] })

const cases: readonly Case[] = [
  {
    title: 'requires and after',
    states: [state('f:a'), state('f:b'), state('f:c', { requires: ['f:a'], after: ['f:b'] })],
    text: ['       requires        f:a', '       after           f:b'],
    dot: ['n1 -> n3 [style=solid]', 'n2 -> n3 [style=dashed]'],
    mermaid: ['n1 --> n3', 'n2 -.-> n3'],
  },
  {
    title: 'notifications, and a lazy state after its notifier, which is no arrow of its own',
    states: [
      state('f:a', {
        notifications: [
          { on: 'changed', states: ['f:b'] },
          { on: 'failed', states: ['f:c'] },
        ],
      }),
      state('f:b', { lazy: true }),
      state('f:c', { defer: true }),
    ],
    text: [' 2. f:b  [lazy]  command line', '       soft after      f:a', ' 3. f:c  [deferred]  command line'],
    dot: [
      'n2 [label="f:b\\nlazy", style="dashed"]',
      'n1 -> n2 [style=bold, color="#2e7d32"]',
      'n1 -> n3 [style=bold, color="#c62828"]',
    ],
    mermaid: ['n1 ==> n2', 'linkStyle 0 stroke:#2e7d32', 'linkStyle 1 stroke:#c62828', 'class n2 lazy'],
  },
  {
    title: 'a notification to what has had its turn',
    states: [state('f:a'), state('f:b', { notifications: [{ on: 'changed', states: ['f:a'] }] })],
    text: ['       notify          f:a'],
    dot: ['n2 -> n1 [style=bold, color="#2e7d32", constraint=false]'],
    mermaid: ['n2 ==> n1'],
  },
  {
    title: 'a group, with what requires it, and a member that another one names too',
    states: [
      state('f:a'),
      state('f:b', gate('f:g', 'rescue')),
      state('f:c', gate('f:g', 'always')),
      state('f:g', { group: { members: ['f:a'], rescue: ['f:b'], always: ['f:c'] } }),
      state('f:h', { group: { members: ['f:a'], rescue: [], always: [] }, requires: ['f:g'] }),
    ],
    text: [' 4. f:g  [group]  command line', '       members         f:a', '       rescue of       f:g'],
    dot: [
      'subgraph cluster_n4 {',
      'n2 [label="f:b\\nrescue"]',
      'n4 -> n5 [style=solid, ltail=cluster_n4, lhead=cluster_n5]',
      'n5 -> n1 [style=dotted, arrowhead=none, label="member", ltail=cluster_n5, constraint=false]',
    ],
    mermaid: ['subgraph n4["f:g"]', 'n3["f:c<br/>always"]', 'end', 'n4 --> n5', 'n5 -. member .- n1'],
  },
  {
    title: 'a group that notifies a state in it, which an inner group names first',
    states: [
      state('f:a'),
      state('f:g', { group: { members: ['f:a'], rescue: [], always: [] } }),
      state('f:h', {
        group: { members: ['f:g', 'f:a'], rescue: [], always: [] },
        notifications: [{ on: 'changed', states: ['f:a'] }],
      }),
    ],
    text: ['       notify          f:a', '       members         f:g, f:a'],
    dot: ['n3e [label="end of the group"]', 'n3e -> n1 [style=bold, color="#2e7d32", constraint=false]'],
    mermaid: ['n3e["end of the group"]', 'n3e ==> n1', 'linkStyle 0 stroke:#2e7d32'],
  },
  {
    title: 'what came of a run, the worst first, and each place of a sequence by itself',
    states: [state('f:a'), state('f:b'), state('f:a#2', { of: 'f:a' }), state('f:c'), state('f:d')],
    run: runOf(['f:a', 'ok'], ['f:b', 'changed'], ['f:b', 'ok'], ['f:a', 'failed'], ['f:c', 'skipped']),
    text: [
      ' 1. f:a  ok  command line',
      ' 2. f:b  changed ×2  command line',
      ' 3. f:a#2  failed  command line',
      ' 4. f:c  skipped  command line',
      ' 5. f:d  not run  command line',
    ],
    dot: [
      'n2 [label="f:b\\nchanged ×2", style="filled", fillcolor="#a5d6a7"]',
      'n3 [label="f:a#2\\nfailed", style="filled", fillcolor="#ef9a9a"]',
      'n5 [label="f:d\\nnot run"]',
    ],
    mermaid: ['n3["f:a#35;2<br/>failed"]', 'n5["f:d<br/>not run"]', 'class n2 changed', 'class n3 failed'],
  },
  {
    title: 'ids that mean something in one of the languages',
    states: [state('a"b\\N&lt;]`<x>:end;'), state('\u001b[31m:x')],
    text: [' 1. a"b\\N&lt;]`<x>:end;  command line', ' 2. \\u001b[31m:x  command line'],
    dot: ['n1 [label="a\\"b\\\\N&amp;lt;]`<x>:end;"]', 'n2 [label="\\\\u001b[31m:x"]'],
    mermaid: ['n1["a#34;b#92;N#38;lt#59;#93;#96;#60;x#62;:end#59;"]', 'n2["#92;u001b#91;31m:x"]'],
  },
]

/** All that the renderer writes is one of these; a wrong escape makes it something else. */
const dotLine =
  /^(\/\/ .*|digraph prove \{|subgraph cluster_n\d+ \{|\}|(n\d+e?( -> n\d+e?)?|graph|node|edge) \[\w+=(\w+|"([^"\\\n]|\\.)*")(, \w+=(\w+|"([^"\\\n]|\\.)*"))*\])$/
const mermaidLine =
  /^(flowchart TD|%% .*|(subgraph )?n\d+e?\["([\p{L}\p{N} _./:,@×+-]|#\d+;|<br\/>)+"\]|end|n\d+e? (-->|-\.->|==>|-\. \w+ \.-) n\d+e?|linkStyle [\d,]+ stroke:#\w+|classDef \w+ .*|class [\dn,]+ \w+)$/u

const linesOf = (text: string): readonly string[] => {
  expect(text.endsWith('\n')).toBe(true)
  return text.slice(0, -1).split('\n')
}

const count = (lines: readonly string[], pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length

describe.each(cases)('$title', ({ states, run, text, dot, mermaid }) => {
  const shown = shownOf(states, run)

  it('as text', () => expect(linesOf(textGraph(shown, colors))).toEqual(expect.arrayContaining([...text])))

  it('for Graphviz', () => {
    const lines = linesOf(dotGraph(shown)).map((line) => line.trim())
    expect(lines).toEqual(expect.arrayContaining([...dot]))
    expect(lines.filter((line) => !dotLine.test(line))).toEqual([])
    expect(count(lines, /\{$/)).toBe(count(lines, /^\}$/))
  })

  it('for Mermaid', () => {
    const lines = linesOf(mermaidGraph(shown)).map((line) => line.trim())
    expect(lines).toEqual(expect.arrayContaining([...mermaid]))
    expect(lines.filter((line) => !mermaidLine.test(line))).toEqual([])
    expect(count(lines, /^subgraph/)).toBe(count(lines, /^end$/))
  })
})

it('wraps what is long between items, and has at most 80 columns', () => {
  const lines = listed(
    'after',
    Array.from({ length: 9 }, (_, i) => `folder/file:state${i}`),
    6,
    22,
  )
  expect(lines.length).toBe(4)
  expect(lines[0]).toMatch(/^ {6}after {11}folder\/file:state0, /)
  expect(lines[1]).toMatch(/^ {22}folder/)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
  expect(listed('after', [], 6, 22)).toEqual([])
})
