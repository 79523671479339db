import type { CompiledState } from '../contracts/compiled.js'
import { describe, expect, it } from 'vitest'
import { compiledState as state } from '../../../test-fixtures/compiled-state.js'
import { selectStates } from './select-states.js'

const states = [
  state('site:dir'),
  state('site:conf', {
    requires: ['site:dir'],
    notifications: [{ on: 'changed', states: ['site:reload', 'site:test'] }],
  }),
  state('site:test'),
  state('site:reload', { lazy: true, requires: ['site:conf'] }),
  state('site:user', { uses: ['site:test'] }),
  state('site:g/one'),
  state('site:g/undo', { gates: [{ group: 'site:g', as: 'rescue' }] }),
  state('site:g', { group: { members: ['site:g/one'], rescue: ['site:g/undo'], always: [] } }),
]

/** The states that run of their own: what waits for a group is in brackets. */
const running = (...asked: readonly string[]): readonly string[] =>
  selectStates(states, new Set(asked.map((name) => `site:${name}`)))
    .filter(({ lazy, group }) => !lazy && group === undefined)
    .map(({ id, gates }: CompiledState) => (gates === undefined ? id.slice(5) : `(${id.slice(5)})`))

describe('of the states that are asked for there run', () => {
  it.each<[asked: readonly string[], run: readonly string[]]>([
    [['dir'], ['dir']],
    [['conf'], ['dir', 'conf']],
    [['reload'], ['dir', 'conf', 'reload']],
    [['user'], ['test', 'user']],
    [['g'], ['g/one', '(g/undo)']],
    [['g/undo'], ['g/undo']],
    [
      ['g/one', 'test'],
      ['test', 'g/one'],
    ],
  ])('of %j: %j', (asked, run) => expect(running(...asked)).toEqual(run))

  it('the others only when notified, in the same order', () => {
    const selected = selectStates(states, new Set(['site:conf']))
    expect(selected.map(({ id }) => id)).toEqual(states.map(({ id }) => id))
    expect(selected.find(({ id }) => id === 'site:test')?.lazy).toBe(true)
  })
})
