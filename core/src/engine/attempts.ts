import type { Applied } from './applied.js'
import type { Dispatch } from './dispatch.js'
import type { Interruption } from './interruption.js'
import type { PartInvocation } from './invocation.js'

interface Attempt {
  readonly sequence: number
  /** An earlier attempt that failed and has changed something. */
  readonly before: Applied | undefined
  failed?: Applied
}

export interface AttemptsGround {
  readonly dispatch: Dispatch
  readonly interruption: Interruption
  readonly isStopping: () => boolean
  readonly settle: (applied: Applied) => Promise<void>
}

/** Tries parts again that fail; nobody hears of the failures between. */
export class Attempts {
  #attempt: Attempt | undefined

  constructor(private readonly ground: AttemptsGround) {}

  /** What is to be told of an ended part; undefined where it will be tried again, or was told to do so. */
  take(applied: Applied): Applied | undefined {
    const attempt = this.#attempt?.sequence === applied.invocation.sequence ? this.#attempt : undefined
    if (attempt === undefined) return applied
    if (applied.outcome === 'failed') {
      attempt.failed = applied
      return undefined
    }
    // It found nothing left to do, after an attempt that had failed half-way.
    const isDone = applied.outcome === 'ok' || applied.guarded === true
    return isDone && attempt.before !== undefined
      ? { ...applied, outcome: 'changed', changes: attempt.before.changes }
      : applied
  }

  /** Tries a part until it succeeds or has no attempt left. */
  async insist(invocation: PartInvocation, rest: readonly PartInvocation[]): Promise<void> {
    const { dispatch, interruption, isStopping, settle } = this.ground
    const { attempts, delay } = invocation.part.retry ?? { attempts: 1, delay: 0 }
    let before: Applied | undefined
    for (let left = attempts - 1; ; left--) {
      const attempt: Attempt = { sequence: invocation.sequence, before }
      this.#attempt = attempt
      await dispatch.decide(invocation, rest)
      await dispatch.flush()
      this.#attempt = undefined
      const { failed } = attempt
      if (failed === undefined) return
      before = failed.changes.length > 0 ? failed : before
      if (left === 0 || isStopping()) {
        const reason = `${failed.reason ?? 'it failed'} (${attempts - left} of ${attempts} attempts)`
        return settle({ ...(before ?? failed), reason })
      }
      await interruption.pause(delay)
      if (isStopping()) return settle(before ?? failed)
      dispatch.world.touch('everything')
    }
  }
}
