import { type Catalog, type Component, Errors, type Layer, type Target, viewFacts } from '@prove/catalog'
import { didYouMean, FactsNeeded, ProveError } from '@prove/core'
import { factsMissing, type Project } from './project.js'
import { wayOf } from './run/way.js'

const componentOf = (catalog: Catalog, name: string | undefined): Component | undefined => {
  if (name === undefined) return undefined
  const found = catalog.components.get(name)
  if (found !== undefined) return found
  const names = [...catalog.components.keys()]
  const hint = didYouMean(name, names) ?? `components are ${names.join(', ') || 'folders in components/'}`
  throw new ProveError('PRV_COMPONENT_UNKNOWN', `there is no component "${name}"`, { hint })
}

/** The layers of a target's variables, as its own files see them or those of a component. */
export const layersOf = async (
  project: Project,
  catalog: Catalog,
  target: Target,
  component: string | undefined,
): Promise<readonly Layer[]> => {
  const errors = new Errors()
  const { facts } = viewFacts(catalog.factNames, project.facts.get(target.name, wayOf(target)))
  try {
    const layers = await catalog.variablesOf(target, facts, errors).layersOf(componentOf(catalog, component))
    errors.throwIfAny()
    return layers
  } catch (error) {
    if (error instanceof FactsNeeded) throw factsMissing(error)
    throw error
  }
}
