import { knownErrors, type Place, withDetails } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { matchingTargets, parseTargetExpression } from './target-expression/index.js'

/** The names that an expression of the catalog matches; errors are told at its place. None is no error here. */
export const matchTargets = (
  expression: string,
  names: readonly string[],
  place: Place,
  diagnostics: Diagnostics,
): readonly string[] => {
  try {
    const targets = names.map((name) => ({ name, groups: [], roles: [] }))
    return matchingTargets(parseTargetExpression(expression), { targets, groups: [], roles: [] })
  } catch (error) {
    if (knownErrors(error).length === 0) throw error
    for (const each of knownErrors(error)) diagnostics.take(withDetails(each, { place }))
    return []
  }
}
