import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { canonicalJson, isMap } from '@prove/core'

/** The facts of a target, and the way by which it was asked. */
interface Cached {
  readonly way: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** What targets answered, kept on the master for one catalog. Nothing here is believed before the target has confirmed it. */
export class FactsCache {
  /** Undefined where there is no place for one. */
  readonly #folder: string | undefined

  constructor(catalogFolder: string) {
    const name = createHash('sha256').update(catalogFolder).digest('hex').slice(0, 16)
    const base = cacheFolder()
    this.#folder = base === undefined ? undefined : join(base, 'prove', name, 'facts')
  }

  /** `way` tells targets apart that only share a name: host, executor and options. */
  get(target: string, way: unknown): Cached['facts'] | undefined {
    if (this.#folder === undefined) return undefined
    try {
      const cached: unknown = JSON.parse(readFileSync(fileOf(this.#folder, target), 'utf8'))
      if (!isMap(cached) || cached['way'] !== canonicalJson(way) || !isMap(cached['facts'])) return undefined
      return cached['facts']
    } catch {
      // A missing or broken cache is one that knows nothing.
      return undefined
    }
  }

  /** Facts that were not gathered this time stay. A cache that cannot be written is no reason to fail. */
  put(target: string, way: unknown, facts: Readonly<Record<string, unknown>>): void {
    if (this.#folder === undefined) return
    const file = fileOf(this.#folder, target)
    const before = this.get(target, way)
    const cached: Cached = { way: canonicalJson(way), facts: { ...before, ...facts } }
    if (before !== undefined && canonicalJson(before) === canonicalJson(cached.facts)) return
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      const next = `${file}.${process.pid}`
      writeFileSync(next, JSON.stringify(cached), { mode: 0o600 })
      renameSync(next, file)
    } catch {
      return
    }
  }
}

const fileOf = (folder: string, target: string): string => join(folder, `${target}.json`)

/** As the XDG specification has it: what is empty or relative counts as not given. */
const cacheFolder = (): string | undefined => {
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
