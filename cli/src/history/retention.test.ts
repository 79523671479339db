import { describe, expect, it } from 'vitest'
import { runsToRemove } from './retention.js'
import type { KeptRun } from './run-file.js'

interface Kept {
  readonly operation?: string
  readonly targets?: readonly string[]
  readonly state?: 'ended' | 'cut' | 'running'
  /** Days ago. */
  readonly age?: number
  readonly megabytes?: number
}

const now = new Date('2026-11-24T00:00:00Z')

const kept = (runs: readonly Kept[]): readonly KeptRun[] =>
  runs.map(({ operation = 'plan', targets = ['a'], state = 'ended', age = 0, megabytes = 1 }, i) => ({
    id: String(i),
    run: {
      type: 'run',
      id: String(i),
      operation,
      started: new Date(now.getTime() - age * 24 * 3600 * 1000).toISOString(),
      version: '0.1.0',
      targets: [...targets],
    },
    ...(state === 'ended' ? { summary: { type: 'summary', operation, exit: 0, elapsedMs: 1, targets: {} } } : {}),
    isRunning: state === 'running',
    bytes: megabytes * 1_000_000,
  }))

const apply = { operation: 'apply' }
const limits = { keep: 2, megabytes: 100 }

describe('runs that go', () => {
  it.each<[string, readonly Kept[], readonly string[], object?]>([
    ['none', [{}, {}], []],
    ['behind the number to keep', [{}, {}, {}, {}], ['2', '3']],
    ['but not the last apply of a target', [{}, {}, {}, apply, apply], ['2', '4']],
    [
      'but not the last applies of two',
      [{}, {}, apply, { ...apply, targets: ['a', 'b'] }, { ...apply, targets: ['b'] }],
      ['4'],
    ],
    ['an apply that did not end is none', [{}, {}, { ...apply, state: 'cut' }, apply], ['2']],
    ['never one that goes on', [{}, {}, {}, { state: 'running' }], ['2']],
    ['all, where none is to be kept', [apply, { state: 'running' }], ['0'], { keep: 0 }],
    ['by age, the last apply too', [{ age: 1 }, { ...apply, age: 8 }], ['1'], { days: 7 }],
    ['by size, the newest never', [{ megabytes: 200 }, { megabytes: 1 }], ['1']],
    ['by size, the oldest first', [{ megabytes: 60 }, { megabytes: 60 }], ['1']],
  ])('%s', (_title, runs, gone, more = {}) => {
    expect(runsToRemove(kept(runs), { ...limits, ...more }, now)).toEqual(gone)
  })
})
