import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { baseFolder } from '../catalog-place.js'
import { type Finding, ok, warn } from './finding.js'

/** Where the master keeps facts and runs: without it, targets are asked again each time. */
export const cacheFindings = (): readonly Finding[] => {
  const about = 'cache'
  const base = baseFolder('XDG_CACHE_HOME')
  if (base === undefined) return [warn(about, 'there is no folder for it', 'set HOME or XDG_CACHE_HOME')]
  const folder = join(base, 'prove')
  const next = 'set XDG_CACHE_HOME to a folder of yours'
  if (!isWritable(folder)) return [warn(about, `${folder} cannot be written: facts and runs are forgotten`, next)]
  const mode = existsSync(folder) ? statSync(folder).mode & 0o077 : 0
  return mode === 0
    ? [ok(about, folder)]
    : [warn(about, `other users may look into ${folder}, which holds facts of targets`, `chmod 700 ${folder}`)]
}

/** Whether it can be written, or made. */
const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch {
    return !existsSync(folder) && dirname(folder) !== folder && isWritable(dirname(folder))
  }
}
