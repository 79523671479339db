import type { Listed } from './reads/listing.js'
import { above, type WantedTree } from './tree-entries.js'

/** What is on the target and not in the source. */
export interface Extras {
  /** Every one of them. */
  readonly all: readonly Listed[]
  /** Those that are removed with all that is in them; the rest lies below one of these. */
  readonly tops: readonly Listed[]
}

/** What is excluded, or not included, is no business of the tree; neither is a directory that holds such a thing. */
export const extrasOf = ({ entries, isExcluded, isIncluded }: WantedTree, listed: readonly Listed[]): Extras => {
  const kept = new Set(entries.map(({ path }) => path))
  for (const { path } of listed) {
    if (isExcluded(path) || !isIncluded(path)) for (const each of [path, ...above(path)]) kept.add(each)
  }
  const all = listed.filter(({ path }) => !kept.has(path))
  const gone = new Set(all.map(({ path }) => path))
  return { all, tops: all.filter(({ path }) => !above(path).some((each) => gone.has(each))) }
}
