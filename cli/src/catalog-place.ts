import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** What may be made again goes into the cache, what cannot into the state. */
const usual = { XDG_CACHE_HOME: '.cache', XDG_STATE_HOME: '.local/state' } as const

/**
 * Where the master keeps something of one catalog: `BASE/prove/CATALOG/KIND`. Undefined where there is no place for it. As
 * the XDG specification has it, a base that is empty or relative counts as not given.
 */
export const placeFor = (base: keyof typeof usual, catalogFolder: string, kind: string): string | undefined => {
  const folder = baseFolder(base)
  const name = createHash('sha256').update(catalogFolder).digest('hex').slice(0, 16)
  return folder === undefined ? undefined : join(folder, 'prove', name, kind)
}

/** Where the master keeps such things; undefined where there is no place. */
export const baseFolder = (base: keyof typeof usual): string | undefined => {
  const given = process.env[base] ?? ''
  if (isAbsolute(given)) return given
  try {
    // Throws where HOME is not set, and the user has no entry in the list of users.
    const home = homedir()
    return isAbsolute(home) ? join(home, usual[base]) : undefined
  } catch {
    return undefined
  }
}
