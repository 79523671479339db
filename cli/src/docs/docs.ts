import { type ArgumentRow, argumentRows } from '@prove/catalog'
import { didYouMean, type Example, type Kernel, type MetaState, ProveError, type StateFunction } from '@prove/core'
import type { Colors } from '../console/colors.js'
import type { Project } from '../project.js'
import { functionList, functionText } from './text.js'

export interface DocsCall {
  /** A function, or the first half of its name; all of them when undefined. */
  readonly name: string | undefined
  readonly output: string
}

/** Where it is told. */
export interface DocsPlace {
  readonly print: (text: string) => void
  readonly colors: Colors
  /** Columns that a line of the list may take. */
  readonly columns: number
}

/** All that is told of one function: the answer of `-o json`. */
export interface FunctionDocs {
  readonly name: string
  readonly about: string
  /** The plugin that brings it. */
  readonly plugin: string
  /** Markdown. */
  readonly details?: string
  readonly arguments: readonly ArgumentRow[]
  readonly examples: readonly Example[]
}

/** Tells what functions the plugins bring. Throws PRV_FUNCTION_UNKNOWN with the nearest name. */
export const docs = async (
  { kernel }: Project,
  { name, output }: DocsCall,
  { print, colors, columns }: DocsPlace,
): Promise<number> => {
  await kernel.bring('functions')
  const all = functionsOf(kernel)
  const found = name === undefined ? all : all.filter((each) => each.name === name || each.name.startsWith(`${name}.`))
  const [first] = found
  if (first === undefined) {
    const names = all.flatMap((each) => [each.name, each.name.slice(0, each.name.indexOf('.'))])
    const hint = didYouMean(name ?? '', names) ?? '"prove docs" lists the functions of the plugins here'
    throw new ProveError('PRV_FUNCTION_UNKNOWN', `there is no state function "${name}"`, { hint })
  }
  const isOne = found.length === 1 && name !== undefined
  if (output === 'json') print(`${JSON.stringify(isOne ? first : found, null, 2)}\n`)
  else print(isOne ? functionText(first, colors) : functionList(found, colors, columns))
  return 0
}

const functionsOf = ({ functions, metas }: Kernel): readonly FunctionDocs[] =>
  [
    ...functions.all.map((fn) => docsOf(fn, functions.pluginOf(fn.name) ?? '')),
    ...metas.all.map((meta) => docsOf(meta, metas.pluginOf(meta.name) ?? '')),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1))

const docsOf = (
  fn: Pick<StateFunction | MetaState, 'name' | 'about' | 'details' | 'examples' | 'args' | 'main'>,
  plugin: string,
): FunctionDocs => {
  const { name, about, details, examples = [], args, main } = fn
  const called = { name, about, args, ...(main === undefined ? {} : { main }) }
  return {
    name,
    about,
    plugin,
    ...(details === undefined ? {} : { details }),
    arguments: argumentRows(called),
    examples,
  }
}
