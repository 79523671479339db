import { type TreeEntry, type TreeFilter } from '@prove/core'
import { type Selection, selection } from './globs.js'

interface Given {
  readonly path: string
  /** Absent while a late value has yet to decide it. */
  readonly source?: readonly TreeEntry[] | undefined
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
}

/** What of the source is kept on the target. */
export interface WantedTree extends Selection {
  readonly entries: readonly TreeEntry[]
}

const known = new WeakMap<Given, WantedTree>()

/** Made once for the same arguments: every question of the engine begins with it. */
export const wantedTree = (given: Given): WantedTree => {
  const made = known.get(given) ?? makeWanted(given)
  known.set(given, made)
  return made
}

const makeWanted = ({ source = [], include, exclude }: Given): WantedTree => {
  const chosen = selection(include, exclude)
  const { isExcluded, isIncluded } = chosen
  const entries = source.filter(({ path }) => !isExcluded(path))
  const wanted = new Set(entries.filter(({ path }) => isIncluded(path)).flatMap(({ path }) => [path, ...above(path)]))
  return { ...chosen, entries: entries.filter(({ path }) => wanted.has(path)) }
}

/** The directories of a tree that lead to a path of it, from the top down. */
export const above = (path: string): readonly string[] => {
  const names = path.split('/')
  return names.slice(1).map((_name, i) => names.slice(0, i + 1).join('/'))
}

/** Where an entry is on the target. */
export const placeOf = (root: string, path: string): string => `${root === '/' ? '' : root}/${path}`

const listOf = (value: unknown): readonly string[] | undefined => {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined
}

/** What is not wanted is not read either. What cannot be told yet is. */
export const treeFilter: TreeFilter = ({ include, exclude }) => {
  const { isExcluded, isIncluded } = selection(listOf(include), listOf(exclude))
  return (path, type) => !isExcluded(path) && (type === 'directory' || isIncluded(path))
}
