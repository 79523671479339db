import type { TargetOutcome } from '@prove/core'
import pLimit from 'p-limit'
import { type Amount, amountOf } from './amount.js'
import { isFailure } from './is-failure.js'

/** How a run goes over its targets. */
export interface Pace {
  /** Targets to work on at once. */
  readonly concurrency: number
  /** Sizes of the batches, of which the last goes on; none for one batch of all. */
  readonly serial: readonly Amount[]
  /** Targets that may fail before no more are begun. Unless given none may where there are batches, and all where there are not. */
  readonly maxFail?: Amount | undefined
}

/** Sizes of batches that together hold all: each at least one. */
export const batchSizes = (serial: readonly Amount[], total: number): readonly number[] => {
  const sizes: number[] = []
  for (let left = total; left > 0;) {
    const amount = serial[Math.min(sizes.length, serial.length - 1)]
    const wanted = amount === undefined ? total : Math.max(1, amountOf(amount, total))
    sizes.push(Math.min(wanted, left))
    left -= wanted
  }
  return sizes
}

/** Works on targets batch by batch, until all are done or too many have failed. */
export class Rollout<R extends { readonly outcome: TargetOutcome }> {
  readonly #limit: ReturnType<typeof pLimit>
  readonly #mayFail: number
  #failed = 0
  #skipped = 0

  constructor(
    private readonly pace: Pace,
    private readonly total: number,
  ) {
    const { concurrency, serial, maxFail } = pace
    this.#limit = pLimit(concurrency)
    const usual = serial.length > 0 ? 0 : total
    this.#mayFail = maxFail === undefined ? usual : amountOf(maxFail, total)
  }

  /** Why targets were not begun; undefined where all were. */
  get stopped(): string | undefined {
    if (this.#skipped === 0) return undefined
    const failed = `${this.#failed} ${this.#failed === 1 ? 'target' : 'targets'} failed`
    const allowed = this.#mayFail === 0 ? 'none may' : `no more than ${this.#mayFail} may`
    return `${failed}, where ${allowed} (--max-fail); ${this.#skipped} not begun`
  }

  /** Takes one target after the other of a batch, as many at once as may be; `skip` stands in for those that are not begun. */
  async over<T>(
    targets: readonly T[],
    work: (target: T, begin: (run: () => Promise<R>) => Promise<R>) => Promise<R>,
    skip: (target: T) => R,
  ): Promise<readonly R[]> {
    const results: R[] = []
    let first = 0
    for (const size of batchSizes(this.pace.serial, this.total)) {
      const batch = targets.slice(first, first + size)
      first += size
      results.push(...(await Promise.all(batch.map((each) => work(each, (run) => this.#begin(run, () => skip(each)))))))
    }
    return results
  }

  #begin(run: () => Promise<R>, skip: () => R): Promise<R> {
    return this.#limit(async () => {
      if (this.#failed > this.#mayFail) {
        this.#skipped += 1
        return skip()
      }
      const result = await run()
      if (isFailure(result.outcome)) this.#failed += 1
      return result
    })
  }
}
