import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** One file of JSON for each target, kept on the master for one catalog: `CACHE/prove/CATALOG/KIND/TARGET.json`. */
export class TargetFiles {
  /** Undefined where there is no place for one. */
  readonly #folder: string | undefined

  constructor(catalogFolder: string, kind: 'facts' | 'last-run') {
    const name = createHash('sha256').update(catalogFolder).digest('hex').slice(0, 16)
    const base = cacheFolder()
    this.#folder = base === undefined ? undefined : join(base, 'prove', name, kind)
  }

  /** Undefined where there is none, or what there is cannot be read. */
  read(target: string): unknown {
    if (this.#folder === undefined) return undefined
    try {
      return JSON.parse(readFileSync(fileOf(this.#folder, target), 'utf8'))
    } catch {
      return undefined
    }
  }

  /** Readers see all of it or nothing, and nobody else may read it. What cannot be written is no reason to fail. */
  write(target: string, value: unknown): void {
    if (this.#folder === undefined) return
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      const file = fileOf(this.#folder, target)
      const next = `${file}.${process.pid}`
      writeFileSync(next, JSON.stringify(value), { mode: 0o600 })
      renameSync(next, file)
    } catch {
      return
    }
  }
}

/** A target may have any name, and one with a slash is to lead nowhere else. */
const fileOf = (folder: string, target: string): string => join(folder, `${encodeURIComponent(target)}.json`)

/** Where the master keeps what it may lose, as the XDG specification has it; undefined where there is no place. What is empty or relative counts as not given. */
export const cacheFolder = (): string | undefined => {
  const given = process.env['XDG_CACHE_HOME'] ?? ''
  if (isAbsolute(given)) return given
  try {
    // Throws where HOME is not set, and the user has no entry in the list of users.
    const home = homedir()
    return isAbsolute(home) ? join(home, '.cache') : undefined
  } catch {
    return undefined
  }
}
