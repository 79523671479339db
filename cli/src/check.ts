import { readFileSync } from 'node:fs'
import { Errors, type Target } from '@prove/catalog'
import { FactsNeeded, isMap, messageOf, ProveError } from '@prove/core'
import type { Colors } from './colors.js'
import { catalogOf, compileKnown, factsMissing, type Project, typedFiles } from './project.js'
import { errorsText } from './report-errors.js'
import { chosenTargets } from './run-operation.js'
import { wayOf } from './way.js'

export interface CheckCall {
  readonly kind: 'check'
  readonly files: readonly string[]
  readonly targets: readonly string[]
  readonly variables: Readonly<Record<string, unknown>>
  /** A file of facts. */
  readonly facts: string | undefined
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
  const catalog = await catalogOf(project, errors, call.variables)
  const targets = chosenTargets(catalog, call.targets, project)
  const files = typedFiles(call.files)
  let states = 0
  for (const target of targets) {
    const facts = given?.get(target.name) ?? project.facts.get(target.name, wayOf(target))
    const request = { ...(files === undefined ? {} : { files }), facts }
    // oxlint-disable-next-line no-await-in-loop -- one target at a time keeps memory bounded
    const compiled = await compileKnown(catalog, target, request, errors)
    if (compiled instanceof FactsNeeded) tellMissing(target, compiled, errors)
    else states += compiled.states.length
  }
  const found = errors.all(targets.length)
  const exit = found.length === 0 ? 0 : 1
  if (call.output === 'json') {
    for (const { code, message, place, hint, includedFrom, targets: concerned } of found) {
      print(`${JSON.stringify({ type: 'error', code, message, place, hint, includedFrom, targets: concerned })}\n`)
    }
    const elapsedMs = Math.round(performance.now() - began)
    const summary = { type: 'check', targets: targets.length, states, errors: found.length, exit, elapsedMs }
    print(`${JSON.stringify(summary)}\n`)
    return exit
  }
  if (found.length > 0) print(errorsText(found, colors))
  else print(`${colors.green('ok')}  ${plural(targets.length, 'target')}, ${plural(states, 'state')}\n`)
  return exit
}

const tellMissing = (target: Target, needed: FactsNeeded, errors: Errors): void => {
  errors.concerning(undefined)
  errors.take(factsMissing(target.name, needed))
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** Facts by target, out of a JSON map, or of the lines that `prove facts -o json` prints. */
const factsIn = (file: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_USAGE', `cannot read the facts in "${file}": ${messageOf(error)}`)
  }
  const values = parsedLines(text, file)
  const answers = values.flatMap((value): [string, unknown][] => {
    if (!isMap(value)) return []
    if (value['type'] === undefined) return Object.entries(value)
    return value['event'] === 'answered' ? [[String(value['target']), value['result']]] : []
  })
  return new Map(answers.flatMap(([target, facts]) => (isMap(facts) ? [[target, facts]] : [])))
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
