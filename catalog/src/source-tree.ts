import { type Dirent, readdirSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TreeFilter } from '@prove/core'
import { reasonOf } from './reason-of.js'

/** One thing in a folder, by the path that it is to have, and where it is. */
type FoundEntry = { readonly path: string; readonly from: string } & (
  | { readonly type: 'file'; readonly isExecutable: boolean }
  | { readonly type: 'directory' }
  | { readonly type: 'link'; readonly target: string }
)

/** Deeper folders are a circle of mounts, or a mistake. */
const deepest = 100

/**
 * All that is below a folder, sorted by path. A file whose name ends in one of `suffixes` loses that: it is rendered. Links are taken as
 * they are and lead nowhere here. What is not wanted is not entered.
 */
export const treeIn = (
  root: string,
  suffixes: readonly string[],
  isWanted: ReturnType<TreeFilter> = () => true,
): { readonly found: readonly FoundEntry[] } | { readonly problem: string } => {
  const found = new Map<string, FoundEntry>()
  const take = (folder: string, above: string, depth: number): string | undefined => {
    if (depth > deepest) return `"${above}" lies too deep`
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const from = join(folder, entry.name)
      const suffix = entry.isFile()
        ? suffixes.find((each) => entry.name.endsWith(each) && entry.name !== each)
        : undefined
      const path = above + (suffix === undefined ? entry.name : entry.name.slice(0, -suffix.length))
      const type = typeOf(entry)
      if (!isWanted(path, type ?? 'file')) continue
      if (found.has(path)) return `"${path}" would be made of "${entry.name}" and of another file beside it`
      if (type === undefined) return `"${path}" is neither a file, nor a folder, nor a link`
      const made = entryOf(type, path, from)
      found.set(path, made)
      const problem = made.type === 'directory' ? take(from, `${path}/`, depth + 1) : undefined
      if (problem !== undefined) return problem
    }
    return undefined
  }
  try {
    const problem = take(root, '', 0)
    return problem === undefined ? { found: [...found.values()].toSorted(byPath) } : { problem }
  } catch (error) {
    return { problem: reasonOf(error) }
  }
}

const typeOf = (entry: Dirent): FoundEntry['type'] | undefined => {
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isDirectory()) return 'directory'
  return entry.isFile() ? 'file' : undefined
}

const entryOf = (type: FoundEntry['type'], path: string, from: string): FoundEntry => {
  if (type === 'link') return { path, from, type, target: readlinkSync(from) }
  if (type === 'directory') return { path, from, type }
  return { path, from, type, isExecutable: (statSync(from).mode & 0o100) !== 0 }
}

/** A directory before what is in it, whatever characters names have. */
const byPath = (a: FoundEntry, b: FoundEntry): number => {
  const [left, right] = [a.path.split('/').join('\0'), b.path.split('/').join('\0')]
  return left < right ? -1 : 1
}
