import { type Catalog, chooseTargets, type Target } from '@prove/catalog'
import type { Project } from '../project.js'
import { wayOf } from './way.js'

/** The targets that the command line chooses; all of them where it chooses none. */
export const chosenTargets = (
  catalog: Catalog,
  expressions: readonly string[],
  { facts }: Pick<Project, 'facts'>,
): readonly Target[] =>
  chooseTargets(
    catalog.roster,
    expressions.length === 0 ? undefined : expressions.join(','),
    catalog.factNames,
    (target) => facts.get(target.name, wayOf(target)),
  )
