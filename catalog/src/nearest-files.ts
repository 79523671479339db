import { type Dirent, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { didYouMean } from '@prove/core'
import { isFolder } from './folders.js'
import { shownPath } from './shown-path.js'

/** A folder may be anything, such as a home: a hint is not worth reading all of it. */
const entriesLimit = 10_000

interface Look {
  /** Further names that would do. */
  readonly others?: readonly string[]
  readonly otherwise?: string
  /** Whether names are told with their extension. */
  readonly withExtension?: boolean
}

/** What to do about a file that is in none of the folders: the nearest name that is, or else `otherwise`. */
export const nearestFiles = (wanted: string, folders: readonly string[], look: Look = {}): string => {
  const { others = [], otherwise, withExtension = false } = look
  const names = folders
    .flatMap(filesBelow)
    .map((name) => (withExtension ? name : name.slice(0, name.length - extname(name).length)))
  // What is not what it should be, such as a link that leads nowhere, may have the very name.
  const known = new Set([...names, ...others].filter((name) => name !== wanted))
  return didYouMean(wanted, known) ?? otherwise ?? `looked in ${folders.map(shownPath).join(', ')}`
}

/** The files below a folder, those that lie deepest last; what cannot be read is passed over. */
const filesBelow = (folder: string): readonly string[] => {
  const files: string[] = []
  const open = ['']
  let seen = 0
  for (const inside of open) {
    for (const entry of entriesOf(join(folder, inside))) {
      if (++seen > entriesLimit) return files
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      if (entry.isDirectory()) open.push(name)
      else if (!entry.isSymbolicLink() || !isFolder(join(folder, name))) files.push(name)
    }
  }
  return files
}

const entriesOf = (folder: string): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
