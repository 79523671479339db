import type { Graph, GraphNode } from '@prove/catalog'
import { didYouMean, ProveError } from '@prove/core'

/** The state that a full id means, or a short one that only one state has. Throws where there is none, or more. */
export const findState = ({ nodes }: Graph, wanted: string, target: string): GraphNode => {
  const exact = nodes.find(({ compiled }) => compiled.id === wanted)
  if (exact !== undefined) return exact
  const found = nodes.filter(({ compiled }) => isShort(wanted, compiled.id))
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  if (found.length > 1) {
    const ids = found.map(({ compiled }) => compiled.id)
    const shown = ids.length <= 6 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`
    throw new ProveError('PRV_STATE_AMBIGUOUS', `"${wanted}" may be any of ${shown}`, { hint: 'write the full id' })
  }
  const names = nodes.flatMap(({ compiled: { id } }) => [id, ...shortNames(id)])
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
