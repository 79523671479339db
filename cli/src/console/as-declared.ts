import type { InvocationEvent } from '@prove/core'

/** Whether there was nothing to do, or a guard said so: told only where everything is asked for. */
export const isAsDeclared = ({ outcome, guarded }: Pick<InvocationEvent, 'outcome' | 'guarded'>): boolean =>
  outcome === 'ok' || guarded === true
