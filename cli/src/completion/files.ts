import { readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Candidate } from './candidate.js'

/** Folders, and the files that are wanted, as a shell would complete them; what begins with a dot only when that was typed. */
export const filesFor = (begun: string, wants: (name: string) => boolean): readonly Candidate[] => {
  const folder = begun.slice(0, begun.lastIndexOf('/') + 1)
  const part = begun.slice(folder.length)
  const names = namesIn(folder === '' ? '.' : folder).filter(
    (name) => name.startsWith(part) && (part.startsWith('.') || !name.startsWith('.')),
  )
  return names.toSorted().flatMap((name): readonly Candidate[] => {
    if (isFolder(join(folder, name))) return [{ value: `${folder}${name}/`, isOpen: true }]
    return wants(name) ? [{ value: `${folder}${name}` }] : []
  })
}

/** Whether a name has one of these extensions. */
export const hasExtension =
  (extensions: readonly string[]) =>
  (name: string): boolean =>
    extensions.includes(extname(name))

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Also through a link. */
const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
