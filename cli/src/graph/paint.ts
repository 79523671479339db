import type { Outcome } from '@prove/core'
import type { Colors } from '../console/colors.js'
import type { LastOutcome } from './last-outcomes.js'

/** The word of an outcome, such as `changed ×2`. */
export const outcomeWord = ({ outcome, times }: LastOutcome): string =>
  outcome === undefined ? 'not run' : `${outcome}${times > 1 ? ` ×${times}` : ''}`

/** The colour of an outcome on a terminal. */
export const paint = (outcome: Outcome | undefined, colors: Colors): ((text: string) => string) => {
  if (outcome === 'failed' || outcome === 'unstable') return colors.red
  if (outcome === 'changed') return colors.green
  return outcome === 'pending' || outcome === 'rescued' ? colors.yellow : colors.dim
}

/** The colours of outcomes on paper, as both formats for drawings write them. */
export const fills: Readonly<Partial<Record<Outcome, string>>> = {
  ok: '#e0e0e0',
  changed: '#a5d6a7',
  skipped: '#fff59d',
  failed: '#ef9a9a',
  unstable: '#ef9a9a',
  rescued: '#ffcc80',
  pending: '#ffcc80',
}
