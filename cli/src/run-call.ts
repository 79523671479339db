import { ProveError, type ProveEvent } from '@prove/core'
import { colorsFor } from './colors.js'
import type { Call, OperationCall } from './program.js'
import { openProject } from './project.js'
import { consoleReport, jsonReport } from './report.js'

/** Carries out what was typed, and returns the exit status. */
export const runCall = async (call: Call, print: (text: string) => void): Promise<number> => {
  const kinds = outputs[call.kind]
  if ('output' in call && !kinds.includes(call.output)) {
    throw new ProveError('PRV_USAGE', `there is no output "${call.output}"`, { hint: `it is ${kinds.join(' or ')}` })
  }
  // What is about to begin has no configuration yet.
  if (call.kind === 'init') return (await import('./init.js')).init(call, print)
  const project = await openProject(process.cwd())
  const colors = colorsFor(process.stdout)
  switch (call.kind) {
    case 'check':
      return (await import('./check.js')).check(project, call, colors, print)
    case 'graph':
      return (await import('./graph/graph.js')).graph(project, call, colors, print)
    case 'inspect':
      return (await import('./inspect.js')).inspect(project, call, colors, print)
    case 'schema':
      return (await import('./schema.js')).schema(project, call, print)
    case 'why':
      return (await import('./why/why.js')).why(project, call, colors, print)
    default:
      return operate(call, project, print)
  }
}

const outputs: Readonly<Record<Call['kind'], readonly string[]>> = {
  operation: ['console', 'json'],
  check: ['console', 'json'],
  graph: ['console', 'json'],
  why: ['console', 'json'],
  inspect: ['console', 'json', 'yaml'],
  schema: [],
  init: [],
}

const operate = async (
  call: OperationCall,
  project: Awaited<ReturnType<typeof openProject>>,
  print: (text: string) => void,
): Promise<number> => {
  const { output, verbose, diffLines } = call
  const colors = colorsFor(process.stdout)
  const report = output === 'json' ? jsonReport : consoleReport({ colors, verbose, diffLines })
  const emit = (event: ProveEvent): void => {
    for (const line of report.event(event)) print(`${line}\n`)
  }
  const { runOperation } = await import('./run-operation.js')
  return runOperation(project, { ...call, emit })
}
