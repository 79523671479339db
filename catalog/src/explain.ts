import { isMap, type ValuePath } from '@prove/core'
import { type Contribution, contributionsOf, type Layer, leavesOf, mergeVariables } from './variables.js'

/** A value that holds, and all that was said of it. */
export interface Explained {
  readonly path: ValuePath
  readonly value: unknown
  /** The one that holds first, then what it replaced, which may have stood deeper or less deep: `a.b` by `a`. */
  readonly from: readonly Contribution[]
}

/** Every value of a target with everything that contributed to it. */
export const explain = (layers: readonly Layer[]): readonly Explained[] => {
  const leaves = leavesOf(mergeVariables(layers.map(({ data }) => data)), [])
  const texts = new Set(leaves.map(({ path }) => pathText(path)))
  const known = new Map<string, Set<Contribution>>()
  const contributions = contributionsOf(layers)
  for (const each of contributions) {
    // At the value, or inside what was replaced by it; else above the values that replaced it.
    const own = prefixesOf(each.path).find((text) => texts.has(text)) ?? pathText(each.path)
    // An empty map above others takes nothing from them.
    if (isMap(each.value) && !texts.has(own)) continue
    known.set(own, (known.get(own) ?? new Set()).add(each))
  }
  const rank = new Map(contributions.map((each, i) => [each, i]))
  return leaves.map(({ path, value }) => {
    const from = prefixesOf(path).flatMap((text) => [...(known.get(text) ?? [])])
    return { path, value, from: from.toSorted((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0)) }
  })
}

/** A path as people write it. Keys that hold a dot themselves are quoted, or they would look like two. */
export const pathText = (path: ValuePath): string =>
  path.map((key) => (/^[^\s."]+$/.test(String(key)) ? String(key) : JSON.stringify(String(key)))).join('.')

const prefixesOf = (path: ValuePath): readonly string[] => path.map((_key, i) => pathText(path.slice(0, i + 1)))
