import type { Change } from '../contracts/state-function.js'
import type { Outcome } from './event.js'
import type { PartInvocation } from './invocation.js'

/** How one part ended. */
export interface Applied {
  readonly invocation: PartInvocation
  readonly outcome: Extract<Outcome, 'ok' | 'changed' | 'skipped' | 'failed' | 'unstable' | 'pending'>
  readonly reason?: string
  readonly changes: readonly Change[]
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly timedOut?: boolean
  /** Set when a guard, and nothing else, kept it from running. */
  readonly guarded?: boolean
}
