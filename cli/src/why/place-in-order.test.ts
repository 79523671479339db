import { graphOf } from '@prove/catalog'
import { describe, expect, it } from 'vitest'
import { compiledState as state } from '../../../test-fixtures/compiled-state.js'
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

const placeOf = (name: string) => {
  const node = graph.nodes.find(({ compiled }) => compiled.id === `web/site:${name}`)
  if (node === undefined) throw new Error(`there is no state ${name}`)
  return placeInOrder(graph, node)
}

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
    expect(placeOf('g/undo').after).toEqual([{ state: 'web/site:reload', by: ['group'] }])
    expect(placeOf('g/undo').longestChain).toHaveLength(4)
  })

  it('is one of its own where nothing comes before', () => {
    expect(placeOf('dir')).toMatchObject({ position: 1, after: [], longestChain: ['web/site:dir'] })
  })
})
