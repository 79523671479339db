import type { Read } from '../contracts/read.js'
import type { NumberedStep } from '../contracts/step.js'
import type { Rests, TouchedKeys } from '../world/world.js'
import type { Entry } from './entry.js'

/** Steps that travel together with the reads that prove them. */
export class Segment {
  readonly entries: Entry[] = []
  readonly steps: NumberedStep[] = []
  readonly proof: Read[] = []
  readonly #touched = new Set<string>()
  readonly #rests = new Set<string>()
  #touchesEverything = false
  #restsOnEverything = false

  /** Steps that belong to no part, and touch nothing that is read. */
  static of(steps: readonly NumberedStep[]): Segment {
    const segment = new Segment()
    segment.steps.push(...steps)
    return segment
  }

  get touched(): TouchedKeys {
    return this.#touchesEverything ? 'everything' : [...this.#touched]
  }

  /** Whether steps that touch this would spoil a proof that is already here. */
  isDisturbedBy(touched: TouchedKeys): boolean {
    if (touched === 'everything') return this.proof.length > 0
    if (touched.length === 0) return false
    return this.#restsOnEverything || touched.some((key) => this.#rests.has(key))
  }

  /** `restsOf` tells what the answer to a read of the proof rests on. */
  add(entry: Entry, steps: readonly NumberedStep[], restsOf: (read: Read) => Rests): void {
    this.entries.push(entry)
    this.steps.push(...steps)
    this.proof.push(...entry.reads)
    for (const read of entry.reads) {
      const rests = restsOf(read)
      if (rests === 'everything') this.#restsOnEverything = true
      else if (rests !== 'nothing') for (const key of rests) this.#rests.add(key)
    }
    if (entry.touched === 'everything') this.#touchesEverything = true
    else for (const key of entry.touched) this.#touched.add(key)
  }
}
