import { resolve } from 'node:path'
import {
  type Catalog,
  type CompiledTarget,
  type Errors,
  type GivenVariables,
  openCatalog,
  type Target,
} from '@prove/catalog'
import { FactsNeeded, type Kernel, loadConfig, type ProveConfig, ProveError } from '@prove/core'
import { FactsCache } from './facts-cache.js'
import { History } from './history/history.js'
import { hintForFunction, loadKernel } from './load-kernel.js'

/** The configuration around a folder, with its plugins, and what was learned about its targets. */
export interface Project {
  readonly config: ProveConfig
  readonly kernel: Kernel
  readonly facts: Pick<FactsCache, 'get' | 'put'>
  readonly history: Pick<History, 'recorder' | 'ids' | 'runs' | 'find' | 'lastApplyOf'>
}

/** Without any target the only one is this machine. */
const thisMachine = { local: { executor: 'local' } }

const hasTargets = ({ targets, inventories }: ProveConfig): boolean =>
  inventories.length > 0 || typeof targets !== 'object' || targets === null || Object.keys(targets).length > 0

export const openProject = async (folder: string): Promise<Project> => {
  const found = await loadConfig(folder)
  const config = hasTargets(found) ? found : { ...found, targets: thisMachine }
  return {
    config,
    kernel: await loadKernel(config),
    facts: new FactsCache(config.folder),
    history: new History(config.folder, config.history),
  }
}

/** The catalog of a project; its errors are added to the others. */
export const catalogOf = ({ kernel, config }: Project, errors: Errors, given?: GivenVariables): Promise<Catalog> =>
  openCatalog(kernel, { config, hintFor: hintForFunction(config), ...(given === undefined ? {} : { given }) }, errors)

/** State files as they were typed, relative to where that was. */
export const typedFiles = (files: readonly string[]): readonly string[] | undefined =>
  files.length === 0 ? undefined : files.map((file) => resolve(file))

/** Compiles a target from the facts that are known, without asking it; undefined when it must be asked first. */
export const compileKnown = async (
  catalog: Catalog,
  target: Target,
  request: Parameters<Catalog['compile']>[1],
  errors: Errors,
): Promise<CompiledTarget | FactsNeeded> => {
  try {
    return await catalog.compile(target, request, errors)
  } catch (error) {
    if (error instanceof FactsNeeded) return error
    throw error
  }
}

/** What to do where facts decide and nobody has asked the target. */
export const factsMissing = ({ facts }: FactsNeeded): ProveError =>
  new ProveError('PRV_FACTS_NEEDED', `states depend on facts that are not known: ${facts.join(', ')}`, {
    hint: 'run "prove facts" to ask the targets and remember what they say; "prove check" also takes --facts FILE',
  })
