import { describe, expect, it } from 'vitest'
import { findRun, isRunId, newRunId } from './run-id.js'

describe('the id of a run', () => {
  it('tells its second, and sorts by milliseconds', () => {
    const moments = [0, 1, 31, 32, 999, 1000].map((ms) => new Date(Date.UTC(2026, 10, 24, 18, 15, 2, ms)))
    const ids = moments.map(newRunId)
    expect(ids[0]).toMatch(/^20261124-181502-00[0-9a-z]{2}$/)
    expect(ids.every(isRunId)).toBe(true)
    expect(ids.toSorted()).toEqual(ids)
  })
})

const ids = ['20261124-181502-ab12', '20261124-181501-2026', '20261123-090000-cd34']

describe('a run is found by', () => {
  it.each([
    ['last', 0],
    ['last~0', 0],
    ['last~2', 2],
    ['20261124-181502-ab12', 0],
    ['ab12', 0],
    ['2026', 1],
    ['20261123', 2],
  ])('%s', (asked, index) => {
    expect(findRun(ids, asked)).toBe(ids[index])
  })

  it.each([
    ['20261124', 'begins the ids of 2 runs'],
    ['last~3', 'no run "last~3"'],
    ['', 'no run ""'],
    ['181502', 'no run "181502"'],
    ['../secrets', 'no run "../secrets"'],
  ])('not by "%s"', (asked, message) => {
    expect(() => findRun(ids, asked)).toThrow(message)
  })

  it('says that none is kept', () => {
    expect(() => findRun([], 'last')).toThrow('no run is kept here')
  })

  it('guesses what was mistyped', () => {
    expect(() => findRun(ids, 'lats')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('last') as string }) as Error,
    )
  })
})
