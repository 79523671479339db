import { ProveError } from '../error.js'

/** The error for a target whose shell is gone in the middle of a run. */
export const lost = (reason: string): ProveError =>
  new ProveError('PRV_TARGET_LOST', reason, {
    hint: 'see that it is up, then run again: the next run goes on from what was done',
  })
