import { findState, type Graph, type GraphNode } from '@prove/catalog'
import type { Gate, Guards } from '@prove/core'
import type { Colors } from '../console/colors.js'
import { compileOne, type OneTargetCall } from '../compile-one.js'
import { placeText } from '../place-text.js'
import type { Project } from '../project.js'
import { lastRunStory, type LastRunStory } from './last-run-story.js'
import { type PlaceInOrder, placeInOrder } from './place-in-order.js'
import { whyText } from './text.js'

export interface WhyCall extends OneTargetCall {
  /** A full id, or a short one. */
  readonly state: string
  readonly output: string
}

/** All that is told of one state: the answer of `-o json`. */
export interface Why {
  readonly target: string
  readonly state: string
  /** `file:line`. */
  readonly place: string
  readonly functions: readonly string[]
  readonly order: PlaceInOrder
  readonly lazy: boolean
  readonly deferred: boolean
  readonly notifiedBy: readonly { readonly state: string; readonly on: 'changed' | 'failed' }[]
  readonly groups: readonly { readonly group: string; readonly as: 'member' | 'rescue' | 'always' }[]
  /** It runs of its own only when all of these are open. */
  readonly gates: readonly Gate[]
  /** Of the parts that have some. */
  readonly guards: readonly GuardsOfPart[]
  /** Null where no run is remembered. */
  readonly lastRun: LastRunStory | null
}

export interface GuardsOfPart extends Omit<Guards, 'when'> {
  /** From 0. */
  readonly part: number
  readonly fn: string
  /** True when a condition over late values decides. */
  readonly when: boolean
}

/** Tells why a state runs where it does, and what came of it in the last run. */
export const why = async (
  project: Project,
  call: WhyCall,
  colors: Colors,
  print: (text: string) => void,
): Promise<number> => {
  const { target, graph } = await compileOne(project, call)
  const node = nodeOf(graph, call.state, target.name)
  const { id, parts, place, lazy, defer, gates = [] } = node.compiled
  const run = project.history.lastApplyOf(target.name)
  const answer: Why = {
    target: target.name,
    state: id,
    place: placeText(place),
    functions: parts.map(({ fn }) => fn),
    order: placeInOrder(graph, node),
    lazy,
    deferred: defer === true,
    notifiedBy: graph.edges.flatMap(({ from, to, kind }) => {
      if (to !== id || (kind !== 'notify' && kind !== 'notify_failure')) return []
      return [{ state: from, on: kind === 'notify' ? ('changed' as const) : ('failed' as const) }]
    }),
    groups: graph.edges.flatMap(({ from, to, kind }) =>
      to === id && (kind === 'member' || kind === 'rescue' || kind === 'always') ? [{ group: from, as: kind }] : [],
    ),
    gates,
    guards: guardsOf(node),
    lastRun: run === undefined ? null : lastRunStory(graph, node, run),
  }
  print(call.output === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : whyText(answer, colors))
  return 0
}

const nodeOf = ({ nodes }: Graph, wanted: string, target: string): GraphNode => {
  const ids = nodes.map(({ compiled }) => compiled.id)
  const id = findState(ids, wanted, target)
  const node = nodes.find(({ compiled }) => compiled.id === id)
  if (node === undefined) throw new Error(`the graph lacks ${id}`)
  return node
}

const guardsOf = ({ compiled }: GraphNode): readonly GuardsOfPart[] =>
  compiled.parts.flatMap(({ fn, guards }, part) => {
    const { creates, unless, onlyif, when } = guards
    if (creates === undefined && when === undefined && unless.length + onlyif.length === 0) return []
    return [{ part, fn, ...(creates === undefined ? {} : { creates }), unless, onlyif, when: when !== undefined }]
  })
