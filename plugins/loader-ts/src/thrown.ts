import { FactsNeeded, messageOf, type Place, ProveError, ProveErrors, withDetails } from '@prove/core'
import type { StateModule } from './module-cache.js'

/**
 * What a loader may throw, out of anything that the code of a file threw: facts that are needed and known errors pass, the
 * rest becomes PRV_LOADER_FAILED. `around` is the place where nothing better is known.
 */
export const toLoaderError = (
  thrown: unknown,
  what: string,
  { placeOf }: Pick<StateModule, 'placeOf'>,
  around: Place,
): unknown => {
  if (thrown instanceof FactsNeeded || thrown instanceof ProveErrors) return thrown
  const place = placeOf(thrown) ?? around
  if (thrown instanceof ProveError) return thrown.place === undefined ? withDetails(thrown, { place }) : thrown
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(messageOf(thrown))?.[1]
  if (missing !== undefined) {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(missing)?.[0]
    const hint = /^[./]/.test(missing) ? 'check the path' : `run "npm install ${name}" in the folder of the catalog`
    return new ProveError('PRV_LOADER_FAILED', `cannot find the module "${missing}"`, { place, hint, cause: thrown })
  }
  return new ProveError('PRV_LOADER_FAILED', `${what} failed: ${sentence(thrown)}`, { place, cause: thrown })
}

/** The first line of a message, without a period. */
const sentence = (thrown: unknown): string => {
  const [line = ''] = messageOf(thrown).split('\n')
  const trimmed = line.trim().replace(/\.$/, '')
  if (!(thrown instanceof Error)) return `it threw ${JSON.stringify(trimmed)}`
  return trimmed === '' ? thrown.name : trimmed
}
