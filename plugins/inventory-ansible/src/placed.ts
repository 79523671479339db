import { isMap, type Place, type ValuePath, type SourceText } from '@prove/core'

/** Where a value and all that it holds stand; lists have their indexes as keys. */
export interface Located {
  readonly at: number
  readonly entries: ReadonlyMap<string, { readonly keyAt: number; readonly node: Located }>
  /** The offset of something in it that only Ansible Vault can read. */
  readonly encryptedAt?: number | undefined
}

/** A value with its place, and with that of the key that leads to it. */
export interface Placed {
  readonly value: unknown
  readonly keyAt: number
  readonly node: Located
}

/** Something that is written in one place and holds nothing further. */
export const placed = (value: unknown, keyAt: number, at = keyAt): Placed => ({
  value,
  keyAt,
  node: { at, entries: new Map() },
})

/** A map of placed values; it stands where `at` says. */
export const placedMap = (at: number, fields: ReadonlyMap<string, Placed>): Placed => ({
  value: Object.fromEntries(Array.from(fields, ([name, { value }]) => [name, value])),
  keyAt: at,
  node: { at, entries: fields },
})

/** A list of placed values. */
export const placedList = (at: number, items: readonly Placed[]): Placed => ({
  value: items.map(({ value }) => value),
  keyAt: at,
  node: { at, entries: new Map(items.map((item, i) => [String(i), item])) },
})

/** What a map or a list holds; nothing for other values. */
export const entriesOf = ({ value, node }: Placed): readonly (readonly [string, Placed])[] => {
  const pairs = Array.isArray(value) || isMap(value) ? Object.entries(value) : []
  return pairs.map(([name, inner]) => [name, { keyAt: node.at, node, ...node.entries.get(name), value: inner }])
}

/** The place of the value at a path and of its key, or of the nearest value around it. */
export const placeAlong = (source: SourceText, root: Placed, path: ValuePath): { value: Place; key: Place } => {
  let found: { readonly keyAt: number; readonly node: Located } = root
  for (const key of path) {
    const next = found.node.entries.get(String(key))
    if (next === undefined) break
    found = next
  }
  return { value: source.place(found.node.at), key: source.place(found.keyAt) }
}
