import { canonicalJson, isMap } from '@prove/core'
import { TargetFiles } from './target-files.js'

/** The facts of a target, and the way by which it was asked. */
interface Cached {
  readonly way: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** What targets answered, kept on the master for one catalog. Nothing here is believed before the target has confirmed it. */
export class FactsCache {
  readonly #files: TargetFiles

  constructor(catalogFolder: string) {
    this.#files = new TargetFiles(catalogFolder, 'facts')
  }

  /** `way` tells targets apart that only share a name: host, executor and options. */
  get(target: string, way: unknown): Cached['facts'] | undefined {
    const cached = this.#files.read(target)
    if (!isMap(cached) || cached['way'] !== canonicalJson(way) || !isMap(cached['facts'])) return undefined
    return cached['facts']
  }

  /** Facts that were not gathered this time stay. A cache that cannot be written is no reason to fail. */
  put(target: string, way: unknown, facts: Readonly<Record<string, unknown>>): void {
    const before = this.get(target, way)
    const cached: Cached = { way: canonicalJson(way), facts: { ...before, ...facts } }
    if (before !== undefined && canonicalJson(before) === canonicalJson(cached.facts)) return
    this.#files.write(target, cached)
  }
}
