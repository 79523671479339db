import type { Graph, GraphNode } from '@prove/catalog'
import { type EdgeKind, type Outcome, ProveError } from '@prove/core'
import type { Colors } from '../console/colors.js'
import { compileOne, type OneTargetCall } from '../compile-one.js'
import type { LastRun } from '../history/last-run.js'
import { placeText } from '../place-text.js'
import type { Project } from '../project.js'
import { dotGraph } from './dot.js'
import { type LastOutcome, RunView } from './last-outcomes.js'
import { mermaidGraph } from './mermaid.js'
import { textGraph } from './text.js'

export interface GraphCall extends OneTargetCall {
  /** One of `formats`. */
  readonly format: string
  /** Also what came of the states in the last run. */
  readonly run: boolean
  readonly output: string
}

/** What every format shows. */
export interface ShownGraph {
  readonly target: string
  readonly graph: Graph
  readonly run: LastRun | undefined
  /** By full id; empty where nobody asked for the last run. */
  readonly outcomes: ReadonlyMap<string, LastOutcome>
}

const formats: Readonly<Record<string, (shown: ShownGraph, colors: Colors) => string>> = {
  text: textGraph,
  dot: dotGraph,
  mermaid: mermaidGraph,
}

/** Shows the states of one target, and what leads from one to another. */
export const graph = async (
  project: Project,
  call: GraphCall,
  colors: Colors,
  print: (text: string) => void,
): Promise<number> => {
  const render = Object.hasOwn(formats, call.format) ? formats[call.format] : undefined
  if (render === undefined) {
    throw new ProveError('PRV_USAGE', `there is no format "${call.format}"`, { hint: 'it is text, dot or mermaid' })
  }
  if (call.output === 'json' && call.format !== 'text') {
    throw new ProveError('PRV_USAGE', `"-o json" and "--format ${call.format}" are two answers`, { hint: 'give one' })
  }
  const { target, graph: compiled } = await compileOne(project, call)
  const run = call.run ? lastRunOf(project, target.name) : undefined
  const outcomes = run === undefined ? new Map<string, LastOutcome>() : new RunView(compiled, run).outcomes
  const shown = { target: target.name, graph: compiled, run, outcomes }
  print(call.output === 'json' ? `${JSON.stringify(jsonOf(shown), null, 2)}\n` : render(shown, colors))
  return 0
}

const lastRunOf = ({ history }: Project, target: string): LastRun => {
  const run = history.lastApplyOf(target)
  if (run !== undefined) return run
  throw new ProveError('PRV_USAGE', `no "prove apply" of ${target} is remembered here`, {
    hint: 'run "prove apply" first, or leave --run away',
  })
}

interface JsonNode {
  readonly id: string
  /** `file:line`. */
  readonly place: string
  readonly functions: readonly string[]
  readonly lazy: boolean
  readonly deferred: boolean
  readonly group: boolean
  /** Only with --run; null where it did not run. */
  readonly outcome?: Outcome | null
  /** Only with --run: how often it ran. */
  readonly times?: number
}

interface JsonGraph {
  readonly target: string
  /** In the order they run. */
  readonly nodes: readonly JsonNode[]
  /** Each reads as `FROM KIND TO`. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly kind: EdgeKind }[]
  readonly run?: Pick<LastRun, 'started' | 'outcome'>
}

const jsonOf = ({ target, graph: { nodes, edges }, run, outcomes }: ShownGraph): JsonGraph => ({
  target,
  nodes: nodes.map((node) => jsonNode(node, outcomes.get(node.compiled.id))),
  edges,
  ...(run === undefined ? {} : { run: { started: run.started, outcome: run.outcome } }),
})

const jsonNode = ({ compiled }: GraphNode, last: LastOutcome | undefined): JsonNode => ({
  id: compiled.id,
  place: placeText(compiled.place),
  functions: compiled.parts.map(({ fn }) => fn),
  lazy: compiled.lazy,
  deferred: compiled.defer === true,
  group: compiled.group !== undefined,
  ...(last === undefined ? {} : { outcome: last.outcome ?? null, times: last.times }),
})
