import { type Catalog, chooseTargets, Errors, type Target } from '@prove/catalog'
import { FactsNeeded } from '@prove/core'
import { catalogOf, compileKnown, openProject, type Project, typedFiles } from '../project.js'
import { wayOf } from '../run/way.js'
import type { Candidate } from './candidate.js'
import { filesFor, hasExtension } from './files.js'
import type { Wanted } from './word-sources.js'

/** The catalog around the working directory. What is wrong with it is not told here: what can be read of it counts. */
const openCatalog = async (): Promise<{ readonly project: Project; readonly catalog: Catalog }> => {
  const found = await openProject(process.cwd())
  // An inventory that is a command may ask a network.
  const inventories = found.config.inventories.filter((each) => typeof each === 'string' || each.command === undefined)
  const project = { ...found, config: { ...found.config, inventories } }
  return { project, catalog: await catalogOf(project, new Errors()) }
}

export const targetNames = async (): Promise<readonly Candidate[]> => {
  const { catalog } = await openCatalog()
  return namesOf(catalog)
}

const namesOf = ({ roster }: Catalog): readonly Candidate[] =>
  [...roster.targets.values()].map(({ name, host, executor }) => ({
    value: name,
    about: executor === 'local' ? executor : `${executor} ${host}`,
  }))

/** The last name of an expression: `web1 and not we`. */
export const targetExpressions = async (begun: string): Promise<readonly Candidate[]> => {
  const { catalog } = await openCatalog()
  const { targets, groups, roles } = catalog.roster
  const members = (belongs: (target: Target) => boolean): string => {
    const count = [...targets.values()].filter(belongs).length
    return `${count} target${count === 1 ? '' : 's'}`
  }
  const grouped = [...groups.keys()].map((name) => ({
    value: `group:${name}`,
    about: members((target) => target.groups.some((group) => group.name === name)),
  }))
  const inRoles = [...roles.keys()].map((name) => ({
    value: `role:${name}`,
    about: members((target) => target.roles.some((role) => role.name === name)),
  }))
  const before = begun.slice(0, begun.search(/[^\s,(]*$/))
  return [...namesOf(catalog), ...grouped, ...inRoles].map((each) => ({ ...each, value: `${before}${each.value}` }))
}

/** State functions and meta-states. */
export const functionNames = async (): Promise<readonly Candidate[]> => {
  const { kernel } = await openProject(process.cwd())
  await kernel.bring('functions')
  return [...kernel.functions.all, ...kernel.metas.all].map(({ name, about }) => ({ value: name, about }))
}

export const factNames = async (): Promise<readonly Candidate[]> => {
  const { kernel } = await openProject(process.cwd())
  return [...kernel.factNames].map((value) => ({ value }))
}

/** Kept runs, the newest first. */
export const runIds = async (): Promise<readonly Candidate[]> => {
  const { history } = await openProject(process.cwd())
  return [{ value: 'last', about: 'the newest' }, ...history.ids().map((value) => ({ value }))]
}

/** Milliseconds in which another target is still begun: the states of a large catalog are not waited for. */
const patience = 700

/**
 * Full ids; once something was typed also the short ones that only one state has; and state files. Of the targets that -t
 * chooses, and of the state files that were typed.
 */
export const statesAndFiles = async ({ begun, typed }: Wanted): Promise<readonly Candidate[]> => {
  const { project, catalog } = await openCatalog()
  const isLoaded = hasExtension(project.kernel.loaders.all.flatMap((loader) => loader.extensions))
  const isStateFile = (name: string): boolean => isLoaded(name) && !name.startsWith('prove.config.')
  const files = typedFiles(typed.words.filter(isStateFile))
  const ids = await idsOf(project, catalog, typed.values.get('--target') ?? [], files)
  const short = begun === '' ? [] : shortIds(ids)
  const full = ids.map((value) => ({ value }))
  return [...full, ...short, ...filesFor(begun, isStateFile)]
}

const idsOf = async (
  project: Project,
  catalog: Catalog,
  expressions: readonly string[],
  files: readonly string[] | undefined,
): Promise<readonly string[]> => {
  const began = performance.now()
  const ids = new Set<string>()
  for (const target of chosen(project, catalog, expressions)) {
    if (performance.now() - began > patience) break
    const request = { ...(files === undefined ? {} : { files }), facts: project.facts.get(target.name, wayOf(target)) }
    // oxlint-disable-next-line no-await-in-loop -- the first ones may be all that there is time for
    const compiled = await compileKnown(catalog, target, request, new Errors())
    if (!(compiled instanceof FactsNeeded)) for (const { id } of compiled.states) ids.add(id)
  }
  return [...ids]
}

const chosen = ({ facts }: Project, catalog: Catalog, expressions: readonly string[]): readonly Target[] => {
  const expression = expressions.length === 0 ? undefined : expressions.join(',')
  return chooseTargets(catalog.roster, expression, catalog.factNames, (target) => facts.get(target.name, wayOf(target)))
}

/** What is behind the file of a state, where only one state is called that. */
const shortIds = (ids: readonly string[]): readonly Candidate[] => {
  const names = ids.map((id) => ({ id, value: id.slice(id.indexOf(':') + 1) }))
  const isUnique = (value: string): boolean => names.filter((each) => each.value === value).length === 1
  return names.filter(({ id, value }) => value !== id && isUnique(value)).map(({ id, value }) => ({ value, about: id }))
}
