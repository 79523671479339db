/** What leads to a value: a key of a map, or the item of a list itself. */
export interface Entry {
  readonly keyAt: number
  readonly value: Node
}

/** A value with the offset at which it is written; lists have their indexes as keys. */
export interface Node {
  readonly at: number
  readonly data: unknown
  readonly entries: ReadonlyMap<string, Entry>
}

const noEntries: ReadonlyMap<string, Entry> = new Map()

/** A node for a single value. */
export const scalarNode = (at: number, data: unknown): Node => ({ at, data, entries: noEntries })

/** A node for a list, with the data of its items. */
export const listNode = (at: number, items: readonly Node[]): Node => ({
  at,
  data: items.map(({ data }) => data),
  entries: new Map(items.map((value, i) => [String(i), { keyAt: value.at, value }])),
})

/** A node for a map; what becomes of its keys is up to the reader. */
export const mapNode = (at: number, entries: ReadonlyMap<string, Entry>): Node => ({
  at,
  data: Object.fromEntries(Array.from(entries, ([key, { value }]) => [key, value.data])),
  entries,
})

/** The last entry on the way along a path that exists. */
export const nearestEntry = (root: Node | undefined, path: readonly (string | number)[]): Entry | undefined => {
  let found: Entry | undefined
  let node = root
  for (const key of path) {
    const entry = node?.entries.get(String(key))
    if (entry === undefined) break
    found = entry
    node = entry.value
  }
  return found
}
