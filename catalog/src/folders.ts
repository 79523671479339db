import { readdirSync, statSync } from 'node:fs'
import type { ErrorCode } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { reasonOf } from './reason-of.js'
import { shownPath } from './shown-path.js'

/**
 * The names in a folder of the catalog, in order; none where there is no such folder. Hidden files are no part of a catalog:
 * editors and file managers leave them behind. A folder that cannot be read is told.
 */
export const namesIn = (folder: string, code: ErrorCode, diagnostics: Diagnostics): readonly string[] => {
  try {
    const names = readdirSync(folder)
    return names.filter((name) => !name.startsWith('.')).toSorted()
  } catch (error) {
    const { code: why } = error as NodeJS.ErrnoException
    if (why !== 'ENOENT' && why !== 'ENOTDIR') {
      diagnostics.add(code, `cannot read the folder "${shownPath(folder)}": ${reasonOf(error)}`)
    }
    return []
  }
}

/** False also for a link that leads nowhere. */
export const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
