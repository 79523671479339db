import type { TargetOutcome } from '@prove/core'
import type { Tone } from './line.js'

interface Look {
  readonly mark: string
  readonly word: string
  readonly tone: Tone
}

const bad = (word: string): Look => ({ mark: '!', word, tone: 'bad' })

const looks: Readonly<Record<TargetOutcome, Look>> = {
  ok: { mark: '=', word: 'ok', tone: 'good' },
  changed: { mark: '~', word: 'changed', tone: 'good' },
  skipped: { mark: '-', word: 'not begun', tone: 'open' },
  interrupted: { mark: '?', word: 'interrupted', tone: 'open' },
  failed: bad('failed'),
  unstable: bad('unstable'),
  unreachable: bad('unreachable'),
  'timed-out': bad('timed out'),
  lost: bad('lost'),
}

/** How the end of a target looks; a plan only says what would be. */
export const lookOf = (outcome: TargetOutcome, operation: string): Look => {
  const look = looks[outcome]
  return operation === 'plan' && outcome === 'changed' ? { ...look, word: 'would change' } : look
}

export const isBad = (outcome: TargetOutcome): boolean => outcome !== 'ok' && outcome !== 'changed'
