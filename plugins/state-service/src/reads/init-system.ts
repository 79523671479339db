import type { Answered } from '@prove/core'
import type { ServiceAnswer } from './service-answer.js'

/** How services are asked of one init system. */
export interface InitSystem {
  /** Shell text that asks of all these services, with as few processes as the init system allows. */
  question(names: readonly string[]): string
  /** One answer for each name, in order; what is broken off becomes a failed one. */
  parse(output: string, names: readonly string[]): readonly Answered<ServiceAnswer>[]
}

/** An answer that is none. */
export const failed = (detail: string): Answered<ServiceAnswer> => ({ ok: false, problem: 'failed', detail })

/** For a name that the output says nothing of. */
export const brokenOff = failed('the answer of the target broke off')
