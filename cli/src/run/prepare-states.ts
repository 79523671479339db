import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { type Catalog, type CompiledTarget, Errors, findState, graphOf, type Target } from '@prove/catalog'
import {
  type CompiledEvent,
  didYouMean,
  type CompiledState,
  type FactsNeeded,
  type Loaded,
  knownErrors,
  ProveError,
  type ProveEvent,
  type Reached,
  selectStates,
  type StatesRequest,
} from '@prove/core'
import { compileKnown, type Project } from '../project.js'
import { AgentWarnings } from './agent-warnings.js'
import { compileOn } from './compile-on.js'
import type { RunOptions } from './run-operation.js'
import { wayOf } from './way.js'

/** What targets are to be brought to, or to be planned for. */
export interface States {
  readonly inputFor: (target: Target, reached: Reached) => Promise<unknown>
  /** The facts that the states of a target rest on; undefined where they could not be compiled without asking it. */
  readonly factsOf: (target: Target) => ReadonlySet<string> | undefined
}

/** What was typed behind `plan` and `apply`: a word with the extension of a state file is a file, and so is one that names a file; all others are states. */
interface Asked {
  readonly files: readonly string[] | undefined
  readonly names: readonly string[]
  readonly typed: Loaded | undefined
}

/**
 * Compiles every target from what is known, so that errors are told before any target is reached; returns what makes the
 * request of a target that was reached.
 */
export const prepareStates = async (
  project: Project,
  catalog: Catalog,
  targets: readonly Target[],
  options: RunOptions,
  emit: (event: ProveEvent) => void,
): Promise<States> => {
  const { kernel, facts } = project
  const asked = askedBy(project, options)
  const errors = new Errors()
  const known = new Map<string, CompiledTarget | FactsNeeded>()
  for (const target of targets) {
    const request = { ...sourceOf(asked), facts: facts.get(target.name, wayOf(target)) }
    // oxlint-disable-next-line no-await-in-loop -- one target at a time keeps memory bounded
    known.set(target.name, await compileKnown(catalog, target, request, errors))
  }
  errors.throwIfAny(targets.length)
  assertSomething(project, asked, [...known.values()], options.operation)
  const found = assertFound(asked.names, known)
  const warnings = new AgentWarnings(project)
  const inputFor: States['inputFor'] = async (target, reached) => {
    const { states } = await compileOn(reached, {
      catalog,
      target,
      source: sourceOf(asked),
      known: known.get(target.name),
      sources: kernel.factSources.all,
    })
    const chosen = chosenOf(states, asked.names, found, target.name)
    emit(compiledEvent(target.name, chosen))
    for (const event of warnings.of(target, chosen)) emit(event)
    kernel.hooks.compile.call(target.name, chosen)
    await (options.operation === 'apply' ? kernel.hooks.apply : kernel.hooks.plan).promise(target.name)
    return requestOf(project, chosen, options)
  }
  const factsOf: States['factsOf'] = ({ name }) => {
    const compiled = known.get(name)
    return compiled !== undefined && 'used' in compiled ? new Set(compiled.used.keys()) : undefined
  }
  return { inputFor, factsOf }
}

const askedBy = ({ kernel }: Project, { states, typed }: RunOptions): Asked => {
  const extensions = kernel.loaders.all.flatMap((loader) => loader.extensions)
  const isFile = (word: string): boolean =>
    extensions.includes(extname(word)) || statSync(word, { throwIfNoEntry: false })?.isFile() === true
  const files = states.filter(isFile).map((file) => resolve(file))
  return { files: files.length === 0 ? undefined : files, names: states.filter((word) => !isFile(word)), typed }
}

const filesBeside = (file: string): readonly string[] => {
  try {
    return readdirSync(dirname(file))
  } catch {
    return []
  }
}

const sourceOf = ({ files, typed }: Asked) => ({
  ...(files === undefined ? {} : { files }),
  ...(typed === undefined ? {} : { typed }),
})

const assertSomething = (
  { config }: Project,
  { files, names, typed }: Asked,
  known: readonly (CompiledTarget | FactsNeeded)[],
  operation: string,
): void => {
  if (files !== undefined || typed !== undefined) return
  if (!known.every((each) => 'states' in each && each.states.length === 0)) return
  const [name] = names
  if (name !== undefined) {
    const hint = didYouMean(basename(name), filesBeside(name)) ?? 'name a state file, such as: site.yml'
    throw new ProveError('PRV_STATE_UNKNOWN', `there is neither a file nor a state "${name}"`, { hint })
  }
  throw new ProveError('PRV_USAGE', 'no state file was named, and the catalog gives the targets none', {
    hint: `run "prove ${operation} site.yml", or list "states" in ${config.file ?? 'prove.config.ts'}`,
  })
}

/**
 * The names that some target has. Throws for one that none has, unless a target must still be asked what it is to be: a
 * state may be there for some targets only.
 */
const assertFound = (
  names: readonly string[],
  known: ReadonlyMap<string, CompiledTarget | FactsNeeded>,
): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const name of names) {
    const missed: unknown[] = []
    for (const [target, compiled] of known) {
      if (!('states' in compiled)) continue
      try {
        findState(idsOf(compiled.states), name, target)
        found.add(name)
      } catch (error) {
        if (knownErrors(error)[0]?.code !== 'PRV_STATE_UNKNOWN') throw error
        missed.push(error)
      }
    }
    if (!found.has(name) && missed.length === known.size) throw missed[0]
  }
  return found
}

const idsOf = (states: readonly CompiledState[]): readonly string[] => states.map(({ id }) => id)

/** All states, or those that were named; a target that has none of them has nothing to do. */
const chosenOf = (
  states: readonly CompiledState[],
  names: readonly string[],
  elsewhere: ReadonlySet<string>,
  target: string,
): readonly CompiledState[] => {
  if (names.length === 0) return states
  const asked = names.flatMap((name) => {
    try {
      return [findState(idsOf(states), name, target)]
    } catch (error) {
      if (elsewhere.has(name) && knownErrors(error)[0]?.code === 'PRV_STATE_UNKNOWN') return []
      throw error
    }
  })
  return selectStates(states, new Set(asked))
}

const compiledEvent = (target: string, states: readonly CompiledState[]): CompiledEvent => ({
  type: 'compiled',
  target,
  states: states.map(({ id, place, parts, lazy }) => ({
    id,
    place: { ...place },
    functions: parts.map(({ fn }) => fn),
    lazy,
  })),
  edges: graphOf(states).edges.map((edge) => ({ ...edge })),
})

const requestOf = (
  { config }: Pick<Project, 'config'>,
  states: CompiledTarget['states'],
  { speculate, ledgerOptional }: RunOptions,
): StatesRequest => ({
  states,
  speculate,
  ledgerOptional,
  withoutAgent: config.withoutAgent,
  owner: { catalog: config.name ?? basename(config.folder), environment: config.environment },
})
