import { didYouMean, ProveError, ProveErrors } from '@prove/core'

/** Throws PRV_FACT_UNKNOWN for each name that no fact has. */
export const assertFacts = (names: readonly string[], known: ReadonlySet<string>): void => {
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  const errors = unknown.map((name) => {
    const hint =
      didYouMean(name, known) ?? `"prove facts" tells them all; a target stands behind -t: prove facts -t ${name}`
    return new ProveError('PRV_FACT_UNKNOWN', `there is no fact "${name}"`, { hint })
  })
  throw new ProveErrors(errors)
}
