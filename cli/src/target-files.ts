import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeFor } from './catalog-place.js'

/** One file of JSON for each target, kept on the master for one catalog: `CACHE/prove/CATALOG/KIND/TARGET.json`. */
export class TargetFiles {
  /** Undefined where there is no place for one. */
  readonly #folder: string | undefined

  constructor(catalogFolder: string, kind: string) {
    this.#folder = placeFor('XDG_CACHE_HOME', catalogFolder, kind)
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
