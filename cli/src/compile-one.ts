import { Errors, type Graph, graphOf, type Target } from '@prove/catalog'
import { FactsNeeded, ProveError } from '@prove/core'
import { givenVariables } from './commands/given-variables.js'
import type { VariableFlags } from './commands/options.js'
import { catalogOf, compileKnown, factsMissing, type Project, typedFiles } from './project.js'
import { chosenTargets } from './run/chosen-targets.js'
import { wayOf } from './run/way.js'

export interface OneTargetCall extends VariableFlags {
  /** Its name, for what is told. */
  readonly command: string
  readonly files: readonly string[]
  /** Expressions that must choose one target. */
  readonly target: readonly string[]
}

/** Compiles one target from what is remembered of it, without reaching it. Throws PRV_USAGE where several are chosen. */
export const compileOne = async (
  project: Project,
  call: OneTargetCall,
): Promise<{ readonly target: Target; readonly graph: Graph }> => {
  const errors = new Errors()
  const catalog = await catalogOf(project, errors, givenVariables(call))
  errors.throwIfAny()
  const target = theOne(chosenTargets(catalog, call.target, project), call.command)
  const files = typedFiles(call.files)
  const facts = project.facts.get(target.name, wayOf(target))
  const compiled = await compileKnown(catalog, target, { ...(files === undefined ? {} : { files }), facts }, errors)
  errors.throwIfAny()
  if (compiled instanceof FactsNeeded) throw factsMissing(compiled)
  if (files === undefined && compiled.states.length === 0) {
    throw new ProveError('PRV_USAGE', `no state file was named, and the catalog gives ${target.name} none`, {
      hint: `run "prove ${call.command} … site.yml", or list "states" in ${project.config.file ?? 'prove.config.ts'}`,
    })
  }
  return { target, graph: graphOf(compiled.states) }
}

const theOne = (targets: readonly Target[], command: string): Target => {
  const [first, ...others] = targets
  if (first !== undefined && others.length === 0) return first
  const names = targets.map(({ name }) => name)
  const shown = names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
  throw new ProveError('PRV_USAGE', `"prove ${command}" is about one target, and these are ${names.length}: ${shown}`, {
    hint: `choose one with -t, such as: -t ${first?.name ?? 'web1'}`,
  })
}
