import type { Outcome, TargetOutcome } from '@prove/core'
import { markup, type Html } from './markup.js'

/** Told by a sign as well as by colour: not everybody sees that, and not every printer has it. */
const signs: Readonly<Record<Outcome | TargetOutcome, string>> = {
  ok: '=',
  changed: '~',
  'would-change': '~',
  skipped: '–',
  failed: '!',
  rescued: '!',
  unstable: '!',
  pending: '?',
  unreachable: '!',
  interrupted: '?',
  'timed-out': '!',
  lost: '!',
}

/** Of several, the one to know of comes first. */
const weight: readonly Outcome[] = [
  'failed',
  'unstable',
  'pending',
  'rescued',
  'changed',
  'would-change',
  'ok',
  'skipped',
]

export const worst = (outcomes: readonly Outcome[]): Outcome | undefined =>
  weight.find((outcome) => outcomes.includes(outcome))

/** What filters choose by; what was skipped may have been so for a failure. */
export const kindOf = (outcome: Outcome | TargetOutcome | undefined): 'bad' | 'changed' | 'skipped' | 'ok' => {
  if (outcome === 'changed' || outcome === 'would-change' || outcome === 'rescued') return 'changed'
  return outcome === 'ok' || outcome === 'skipped' ? outcome : 'bad'
}

/** The word of an outcome with its sign and its colour; undefined for what did not end. */
export const badge = (outcome: Outcome | TargetOutcome | undefined, word?: string): Html =>
  markup`<span class="badge ${outcome ?? 'unended'}"
    ><span aria-hidden="true">${outcome === undefined ? '…' : signs[outcome]}</span>
    ${word ?? outcome ?? 'did not end'}</span
  >`
