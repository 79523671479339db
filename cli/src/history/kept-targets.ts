import { matchingTargets, parseTargetExpression } from '@prove/catalog'

/** Which of the targets that kept runs name are meant; all of them unless some are asked for. Throws as the catalog does. */
export const keptTargets = (names: readonly string[], expressions: readonly string[]): ReadonlySet<string> => {
  if (expressions.length === 0) return new Set(names)
  const targets = [...new Set(names)].map((name) => ({ name, groups: [], roles: [] }))
  return new Set(
    matchingTargets(parseTargetExpression(expressions.join(',')), { targets, groups: [], roles: [], factNames: [] }),
  )
}
