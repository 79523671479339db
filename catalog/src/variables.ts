import { isMap, type Place, reservedNames, type ValuePath } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import type { Places } from './places.js'

/** The five layers, the weakest first, and what the command line adds. */
export type LayerKind = 'component' | 'global' | 'group' | 'role' | 'target' | 'command line'

type Variables = Readonly<Record<string, unknown>>

/** Variables from one place: a file, or a map in the configuration. */
export interface Layer {
  readonly kind: LayerKind
  /** Of the group, role, target or component; empty for the others. */
  readonly name: string
  readonly data: Variables
  readonly places: Places
}

/** One value that a layer gives; the last one of a path is the one that holds. */
export interface Contribution {
  readonly path: ValuePath
  readonly value: unknown
  readonly kind: LayerKind
  readonly name: string
  readonly place: Place
}

/** Later layers win: maps are merged deeply, everything else is replaced. */
export const mergeVariables = (layers: readonly Variables[]): Variables =>
  layers.reduce<Variables>((below, above) => mergeMaps(below, above), {})

// fromEntries defines own properties, so that a key such as __proto__ stays one.
const mergeMaps = (below: Variables, above: Variables): Variables => {
  const merged = new Map(Object.entries(below))
  for (const [key, value] of Object.entries(above)) {
    const old = merged.get(key)
    merged.set(key, isMap(old) && isMap(value) ? mergeMaps(old, value) : value)
  }
  return Object.fromEntries(merged)
}

/** Every value that every layer gives, in the order of layers; maps by their members, lists as a whole. */
export const contributionsOf = (layers: readonly Layer[]): readonly Contribution[] =>
  layers.flatMap(({ kind, name, data, places }) =>
    leavesOf(data, []).map(({ path, value }) => ({ path, value, kind, name, place: places.placeOfKey(path) })),
  )

/** The values inside a map that are no maps themselves, but for empty ones. */
export const leavesOf = (value: unknown, path: ValuePath): readonly { path: ValuePath; value: unknown }[] =>
  isMap(value) && (path.length === 0 || Object.keys(value).length > 0)
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
    : [{ path, value }]

/** The layer, when its data is a map of variables whose names are free; undefined after the errors were told. */
export const checkedLayer = (
  layer: Omit<Layer, 'data'> & { data: unknown },
  diagnostics: Diagnostics,
): Layer | undefined => {
  const { data, places } = layer
  if (!isMap(data)) {
    diagnostics.add('PRV_VARIABLES_SHAPE', 'variables are a map of names to values', { place: places.placeOf([]) })
    return undefined
  }
  const taken = Object.keys(data).filter(
    (name) => (reservedNames as readonly string[]).includes(name) || name === '__proto__',
  )
  for (const name of taken) {
    diagnostics.add('PRV_VARIABLES_SHAPE', `the name "${name}" is taken`, {
      place: places.placeOfKey([name]),
      hint: `choose another name: ${reservedNames.join(', ')} mean something else in templates`,
    })
  }
  return taken.length === 0 ? { ...layer, data } : undefined
}
