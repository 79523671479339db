import { didYouMean, ProveError } from '@prove/core'

/**
 * The full id that is meant by it, or by a short one that only one state has. Throws PRV_STATE_AMBIGUOUS, or PRV_STATE_UNKNOWN
 * where `target` has no such state.
 */
export const findState = (ids: readonly string[], wanted: string, target: string): string => {
  if (ids.includes(wanted)) return wanted
  const found = ids.filter((id) => isShort(wanted, id))
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  if (found.length > 1) {
    const shown = found.length <= 6 ? found.join(', ') : `${found.slice(0, 5).join(', ')} and ${found.length - 5} more`
    throw new ProveError('PRV_STATE_AMBIGUOUS', `"${wanted}" may be any of ${shown}`, { hint: 'write the full id' })
  }
  const names = ids.flatMap((id) => [id, ...shortNames(id)])
  const hint = didYouMean(wanted, names) ?? `"prove graph -t ${target}" lists the states`
  throw new ProveError('PRV_STATE_UNKNOWN', `${target} has no state "${wanted}"`, { hint })
}

const isShort = (wanted: string, id: string): boolean => id.endsWith(`:${wanted}`) || id.endsWith(`/${wanted}`)

/** What a state is called within its file, and within its group. */
const shortNames = (id: string): readonly string[] => {
  const name = id.slice(id.indexOf(':') + 1)
  const last = name.slice(name.lastIndexOf('/') + 1)
  return last === name ? [name] : [name, last]
}
