import { graphOf } from '@prove/catalog'
import { describe, expect, it } from 'vitest'
import { compiledState as state } from '../../../test-fixtures/compiled-state.js'
import { findState } from './find-state.js'
import { placeInOrder } from './place-in-order.js'

const graph = graphOf([
  state('web/site:dir'),
  state('web/site:conf', {
    requires: ['web/site:dir'],
    notifications: [{ on: 'changed', states: ['web/site:reload'] }],
  }),
  state('db/site:conf'),
  state('web/site:reload', { lazy: true, requires: ['web/site:conf'], after: ['db/site:conf'] }),
  state('web/site:g/undo', { gates: [{ group: 'web/site:g', as: 'rescue' }], after: ['web/site:reload'] }),
  state('web/site:g', { group: { members: ['web/site:reload'], rescue: ['web/site:g/undo'], always: [] } }),
])

const placeOf = (id: string) => placeInOrder(graph, findState(graph, id, 'web1'))

describe('the place of a state', () => {
  it('tells what comes before, and every reason', () => {
    expect(placeOf('reload')).toEqual({
      position: 4,
      of: 6,
      after: [
        { state: 'web/site:conf', by: ['requires', 'soft'] },
        { state: 'db/site:conf', by: ['after'] },
      ],
      longestChain: ['web/site:dir', 'web/site:conf', 'web/site:reload'],
    })
  })

  it('tells what only a group puts before it', () => {
    expect(placeOf('undo').after).toEqual([{ state: 'web/site:reload', by: ['group'] }])
    expect(placeOf('undo').longestChain).toHaveLength(4)
  })

  it('is one of its own where nothing comes before', () => {
    expect(placeOf('dir')).toMatchObject({ position: 1, after: [], longestChain: ['web/site:dir'] })
  })
})

describe('a state is found', () => {
  it.each([
    ['web/site:conf', 'web/site:conf'],
    ['reload', 'web/site:reload'],
    ['g/undo', 'web/site:g/undo'],
    ['undo', 'web/site:g/undo'],
  ])('by %s', (wanted, id) => expect(findState(graph, wanted, 'web1').compiled.id).toBe(id))

  it.each([
    ['conf', '"conf" may be any of web/site:conf, db/site:conf', 'write the full id'],
    ['site:conf', '"site:conf" may be any of web/site:conf, db/site:conf', 'write the full id'],
    ['relaod', 'web1 has no state "relaod"', 'did you mean "reload"?'],
    ['xyz', 'web1 has no state "xyz"', '"prove graph -t web1" lists the states'],
  ])('not by %s', (wanted, message, hint) => {
    expect(() => findState(graph, wanted, 'web1')).toThrow(expect.objectContaining({ message, hint }))
  })
})
