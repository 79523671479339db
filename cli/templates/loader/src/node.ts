/** A value, and the offset in the text at which it is written. */
export interface Node {
  readonly at: number
  readonly data: unknown
  /** What it holds, by key or index as text. A map from JavaScript, not an object: a key may be `__proto__`. */
  readonly entries: ReadonlyMap<string, Entry>
}

/** What leads to a value: a key, or an item of a list. */
export interface Entry {
  readonly keyAt: number
  readonly value: Node
}

/** The entry at a path, or the nearest one around it: errors about what is missing point there. */
export const nearestEntry = (root: Node, path: readonly (string | number)[]): Entry | undefined => {
  let found: Entry | undefined
  for (const step of path) {
    const next: Entry | undefined = (found?.value ?? root).entries.get(String(step))
    if (next === undefined) break
    found = next
  }
  return found
}
