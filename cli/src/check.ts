import { readFileSync } from 'node:fs'
import { type Catalog, Errors, type Target } from '@prove/catalog'
import { FactsNeeded, isMap, knownErrors, messageOf, ProveError } from '@prove/core'
import type { Colors } from './console/colors.js'
import { givenVariables } from './commands/given-variables.js'
import type { VariableFlags } from './commands/options.js'
import { errorLine } from './console/error-line.js'
import { catalogOf, compileKnown, factsMissing, type Project, typedFiles } from './project.js'
import { errorsText } from './console/errors-text.js'
import { chosenTargets } from './run/chosen-targets.js'
import { executorOf, wayOf } from './run/way.js'

export interface CheckCall extends VariableFlags {
  readonly files: readonly string[]
  readonly target: readonly string[]
  /** A file of facts. */
  readonly facts?: string
  readonly output: string
}

/** Compiles every target without reaching it. The exit status is 1 when anything is wrong. */
export const check = async (
  project: Project,
  call: CheckCall,
  colors: Colors,
  print: (text: string) => void,
): Promise<number> => {
  const began = performance.now()
  const given = call.facts === undefined ? undefined : factsIn(call.facts)
  const errors = new Errors()
  const catalog = await catalogOf(project, errors, givenVariables(call))
  // What is given goes before what is remembered, also for choosing targets.
  const facts: Project['facts'] = {
    get: (name, way) => given?.get(name) ?? project.facts.get(name, way),
    put: () => undefined,
  }
  const targets = chosen(catalog, call, facts, errors)
  if (project.config.file === undefined && call.files.length === 0) {
    throw new ProveError('PRV_USAGE', 'there is no prove.config.ts here, nor in any folder above', {
      hint: 'name a state file, change to the folder of a catalog, or begin one with "prove init"',
    })
  }
  const files = typedFiles(call.files)
  let states = 0
  for (const target of targets) {
    const request = { ...(files === undefined ? {} : { files }), facts: facts.get(target.name, wayOf(target)) }
    // oxlint-disable-next-line no-await-in-loop -- one target at a time keeps memory bounded
    const compiled = await compileKnown(catalog, target, request, errors)
    // oxlint-disable-next-line no-await-in-loop
    await tellWrongWay(project, target, errors)
    if (compiled instanceof FactsNeeded) errors.take(factsMissing(compiled))
    else states += compiled.states.length
  }
  const found = errors.all(targets.length)
  const exit = found.length === 0 ? 0 : 1
  if (call.output === 'json') {
    for (const error of found) print(`${errorLine(error)}\n`)
    const elapsedMs = Math.round(performance.now() - began)
    const summary = { type: 'check', targets: targets.length, states, errors: found.length, exit, elapsedMs }
    print(`${JSON.stringify(summary)}\n`)
    return exit
  }
  if (found.length > 0) print(errorsText(found, colors))
  else print(`${colors.green('ok')}  ${plural(targets.length, 'target')}, ${plural(states, 'state')}\n`)
  return exit
}

/** What is wrong with the catalog may be why a target is not there: both are told. */
const chosen = (
  catalog: Catalog,
  { target }: CheckCall,
  facts: Project['facts'],
  errors: Errors,
): readonly Target[] => {
  try {
    return chosenTargets(catalog, target, { facts })
  } catch (error) {
    if (errors.size === 0 || knownErrors(error).length === 0) throw error
    for (const each of knownErrors(error)) errors.take(each)
    return []
  }
}

/** An executor that nobody has, or options that it does not take. */
const tellWrongWay = async ({ kernel }: Project, target: Target, errors: Errors): Promise<void> => {
  // What is only usual need not be installed where a catalog is checked.
  if (target.declared.input.executor === undefined) return
  try {
    await executorOf(kernel, target)
  } catch (error) {
    if (knownErrors(error).length === 0) throw error
    for (const each of knownErrors(error)) errors.take(each)
  }
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

type Facts = Readonly<Record<string, unknown>>

/** Facts by target, out of a JSON map, or of the lines that `prove facts -o json` prints. */
const factsIn = (file: string): ReadonlyMap<string, Facts> => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_USAGE', `cannot read the facts in "${file}": ${messageOf(error)}`)
  }
  const values = parsedLines(text, file)
  const answers = values.flatMap((value): readonly (readonly [unknown, unknown])[] => {
    if (!isMap(value)) return [[undefined, value]]
    // An event; a target may have any name.
    if (typeof value['type'] !== 'string') return Object.entries(value)
    return value['event'] === 'answered' ? [[value['target'], value['result']]] : []
  })
  return new Map(
    answers.map(([target, facts]) => {
      if (typeof target === 'string' && isMap(facts)) return [target, facts]
      throw new ProveError('PRV_USAGE', `"${file}" holds no facts of targets`, {
        hint: 'give what "prove facts -o json" printed, or a map such as { "web1": { "os": "debian" } }',
      })
    }),
  )
}

const parsedLines = (text: string, file: string): readonly unknown[] => {
  try {
    return [JSON.parse(text) as unknown]
  } catch {
    // Not one value: a line each.
  }
  try {
    return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
  } catch (error) {
    throw new ProveError('PRV_USAGE', `"${file}" holds no JSON: ${messageOf(error)}`)
  }
}
