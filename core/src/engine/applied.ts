import type { CompiledPart } from '../contracts/compiled.js'
import type { Change } from '../contracts/state-function.js'
import type { Outcome } from './event.js'
import type { PartInvocation } from './invocation.js'

/** How one part ended. */
export interface Applied {
  readonly invocation: PartInvocation
  /** With its late values settled, where it came to that. */
  readonly part?: CompiledPart
  readonly outcome: Extract<Outcome, 'ok' | 'changed' | 'skipped' | 'failed' | 'rescued' | 'unstable' | 'pending'>
  readonly reason?: string
  readonly changes: readonly Change[]
  readonly outputs?: Readonly<Record<string, unknown>>
  /** What its steps took on the target, in milliseconds; absent where that is not known. */
  readonly elapsedMs?: number
  readonly timedOut?: boolean
  /** Set when a guard, and nothing else, kept it from running. */
  readonly guarded?: boolean
}
