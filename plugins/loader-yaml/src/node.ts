import type { ScalarEvent } from 'js-yaml'

/** What leads to a value: a key of a map, or the item of a list itself. */
export interface Entry {
  readonly keyAt: number
  readonly value: Node
  /** Came through `<<`, so that a written key may replace it. */
  readonly merged: boolean
}

/** A value with the offset at which it is written; lists have their indexes as keys. */
export interface Node {
  readonly kind: 'scalar' | 'list' | 'map'
  readonly at: number
  readonly scalar: ScalarEvent | undefined
  readonly entries: ReadonlyMap<string, Entry>
  /** How many values it holds once every alias is replaced, itself included. */
  readonly size: number
  /** How many collections lie inside one another. */
  readonly depth: number
}

/** A node for a single value. */
export const scalarNode = (at: number, scalar: ScalarEvent): Node => ({
  kind: 'scalar',
  at,
  scalar,
  entries: new Map(),
  size: 1,
  depth: 0,
})

/** A node for a list or a map, measured from what it holds. */
export const collectionNode = (kind: 'list' | 'map', at: number, entries: ReadonlyMap<string, Entry>): Node => {
  let size = 1
  let depth = 0
  for (const { value } of entries.values()) {
    size += value.size
    depth = Math.max(depth, value.depth)
  }
  return { kind, at, scalar: undefined, entries, size, depth: depth + 1 }
}

/** The entries on the way along a path, as far as they exist. */
export const entriesAlong = (root: Node | undefined, path: readonly (string | number)[]): readonly Entry[] => {
  const found: Entry[] = []
  let node = root
  for (const key of path) {
    const entry = node?.entries.get(String(key))
    if (entry === undefined) break
    found.push(entry)
    node = entry.value
  }
  return found
}
