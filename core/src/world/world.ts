import type { Outputs } from '../contracts/late.js'
import type { Answered, Read, ReadKind, RestsOn } from '../contracts/read.js'
import type { Touches } from '../contracts/step.js'
import { entry, type FileAnswer } from '../reads/file.js'
import type { Location } from '../reads/location.js'

/** Keys that a step touches, or everything. Answers about a directory's content are compared with `above` too. */
export type TouchedKeys = 'everything' | readonly string[]

/** What an answer rests on: the keys whose touch makes it stale. */
export type Rests = 'everything' | 'nothing' | readonly string[]

interface Known {
  readonly answered: Answered
  /** When it was read, on the world's own clock. */
  readonly at: number
  readonly rests: Rests
}

/**
 * What is known of a target, and since when. An answer is believed while nothing it rests on was touched after it.
 */
export class World {
  readonly #known = new Map<string, Known>()
  readonly #touched = new Map<string, number>()
  readonly #outputs = new Map<string, { readonly run: number; readonly given: Outputs }>()
  #everything = 0
  #latest = 0
  #clock = 1

  constructor(private readonly kindOf: (name: string) => ReadKind) {}

  /** The reads, and the paths that their answers rest on, each once. */
  complete(reads: readonly Read[]): readonly Read[] {
    const all = new Map<string, Read>()
    for (const read of reads) {
      for (const path of this.#restPaths(read)) {
        const companion = entry(path)
        all.set(companion.key, companion)
      }
      all.set(read.key, read)
    }
    return [...all.values()]
  }

  /** Takes in the answers to `complete` reads: they are true from now on. */
  record(reads: readonly Read[], answers: readonly Answered[]): void {
    const at = this.#clock++
    const found = reads.map((read, i) => ({ read, answered: answers[i] ?? missing }))
    // The locations that other answers rest on come first.
    for (const { read, answered } of found) {
      if (read.kind === 'file') this.#known.set(read.key, { answered, at, rests: locationRests(answered) })
    }
    for (const { read, answered } of found) {
      if (read.kind !== 'file') this.#known.set(read.key, { answered, at, rests: this.#rests(read) })
    }
  }

  /** The answer, when there is one and nothing it rests on was touched since. */
  believed(read: Read): Answered | undefined {
    const known = this.#known.get(read.key)
    return known !== undefined && this.#isFresh(known) ? known.answered : undefined
  }

  /** What is believed now, whatever is touched later. */
  snapshot(): (read: Read) => Answered | undefined {
    const fresh = new Map([...this.#known].filter(([, known]) => this.#isFresh(known)))
    return ({ key }) => fresh.get(key)?.answered
  }

  /** What the latest invocation of a state gave; undefined for all that is asked of the target. */
  outputs({ kind, query }: Read): Answered | undefined {
    if (kind !== 'outputs') return undefined
    return { ok: true, value: this.#outputs.get(query as string)?.given ?? { changed: false } }
  }

  /** A part of this invocation of a state has ended, with these outputs. */
  tell(state: string, run: number, outputs: Outputs): void {
    const before = this.#outputs.get(state)
    const own = before?.run === run ? before.given : undefined
    const changed = own?.changed === true || outputs.changed
    this.#outputs.set(state, { run, given: { ...own, ...outputs, changed } })
  }

  /** The answer as it was read, whatever happened since. */
  last(read: Read): Answered | undefined {
    return this.#known.get(read.key)?.answered
  }

  /** What the last answer to this read rests on. */
  rests(read: Read): Rests {
    return this.#known.get(read.key)?.rests ?? 'everything'
  }

  touch(keys: TouchedKeys): void {
    this.#latest = this.#clock++
    if (keys === 'everything') this.#everything = this.#latest
    else for (const key of keys) this.#touched.set(key, this.#latest)
  }

  /** Where a path is, by the last answer about it. */
  locate(path: string): FileAnswer | undefined {
    for (const key of [`file:${path}`, `entry:${path}`]) {
      const known = this.#known.get(key)
      if (known?.answered.ok === true) return known.answered.value as FileAnswer
    }
    return undefined
  }

  /** The keys of what a step touches; everything where a path was never looked at. */
  keysOf(touches: Touches | undefined, locate = (path: string) => this.locate(path)): TouchedKeys {
    if (touches === undefined || touches === 'everything') return 'everything'
    if (touches === 'nothing') return []
    const keys: string[] = []
    for (const path of touches.paths) {
      const found = locate(path)
      if (found === undefined) return 'everything'
      // Another name of the same inode may be anywhere.
      if (touches.metadata === true && found.type === 'file' && (found.names ?? 1) > 1) return 'everything'
      keys.push(...found.location.touches, ...found.location.above)
    }
    return keys
  }

  #isFresh({ at, rests }: Known): boolean {
    if (rests === 'nothing') return true
    if (this.#everything > at) return false
    if (rests === 'everything') return this.#latest <= at
    return rests.every((key) => (this.#touched.get(key) ?? 0) <= at)
  }

  #restsOn(read: Read): RestsOn {
    return this.kindOf(read.kind).restsOn?.(read.query) ?? 'everything'
  }

  #restPaths(read: Read): readonly string[] {
    if (read.kind === 'file') return []
    const rests = this.#restsOn(read)
    return typeof rests === 'string' ? [] : rests.paths
  }

  #rests(read: Read): Rests {
    const rests = this.#restsOn(read)
    if (typeof rests === 'string') return rests
    const keys: string[] = []
    for (const path of rests.paths) {
      const location = this.locate(path)?.location
      if (location === undefined) return 'everything'
      keys.push(...location.rests, ...(rests.below === true ? location.below : []))
    }
    return keys
  }
}

const missing: Answered = { ok: false, problem: 'failed', detail: 'the target gave no answer' }

const locationRests = (answered: Answered): Rests =>
  answered.ok ? (answered.value as { readonly location: Location }).location.rests : 'everything'

/** Whether a step that touches these keys makes an answer that rests on those stale. */
export const overlaps = (touched: TouchedKeys, rests: Rests): boolean => {
  if (rests === 'nothing') return false
  if (touched === 'everything' || rests === 'everything') return touched === 'everything' || touched.length > 0
  const keys = new Set(touched)
  return rests.some((key) => keys.has(key))
}
