import type { CompiledState } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { compiledState } from '../../test-fixtures/compiled-state.js'
import { graphOf } from './graph.js'

const place = { file: '/site.yml', line: 1, column: 1 }

const state = (id: string, more: Partial<CompiledState> = {}): CompiledState =>
  compiledState(`site:${id}`, { place, ...more })

const ids = (...names: readonly string[]): readonly string[] => names.map((name) => `site:${name}`)
const notify = (...names: readonly string[]): Partial<CompiledState> => ({
  notifications: [{ on: 'changed', states: ids(...names) }],
})
const group = (members: readonly string[], rescue: readonly string[] = [], always: readonly string[] = []) => ({
  group: { members: ids(...members), rescue: ids(...rescue), always: ids(...always) },
  after: ids(...members, ...rescue, ...always),
})

interface Case {
  readonly title: string
  readonly states: readonly CompiledState[]
  readonly edges: readonly string[]
}

const cases: readonly Case[] = [
  {
    title: 'requires, and after where requires does not say it already',
    states: [state('a'), state('b'), state('c', { requires: ids('a'), after: ids('a', 'b') })],
    edges: ['c requires a', 'c after b'],
  },
  {
    title: 'a notification, and the soft edge that it gives a lazy state',
    states: [state('a', notify('b', 'c')), state('b', { lazy: true }), state('c')],
    edges: ['a notify b', 'a notify c', 'b soft a'],
  },
  {
    title: 'a failure',
    states: [state('a', { notifications: [{ on: 'failed', states: ids('b') }] }), state('b')],
    edges: ['a notify_failure b'],
  },
  {
    title: 'no soft edge in a circle',
    states: [state('b', { lazy: true }), state('a', { ...notify('b'), requires: ids('b') })],
    edges: ['a notify b', 'a requires b'],
  },
  {
    title: 'one edge for the notifications of two parts',
    states: [
      state('a', {
        notifications: [0, 1].map((part) => ({ on: 'changed', part, states: ids('b') })),
      }),
      state('b'),
    ],
    edges: ['a notify b'],
  },
  {
    title: 'a group, and no order that follows from it',
    states: [
      state('x'),
      state('a'),
      state('b', { gates: [{ group: 'site:g', as: 'rescue' }], after: ids('a', 'x') }),
      state('b2', { gates: [{ group: 'site:g', as: 'rescue' }], after: ids('b', 'a') }),
      state('c', { gates: [{ group: 'site:g', as: 'always' }], after: ids('a', 'b', 'b2') }),
      state('g', group(['a'], ['b', 'b2'], ['c'])),
    ],
    edges: ['b after x', 'b2 after b', 'g always c', 'g member a', 'g rescue b', 'g rescue b2'],
  },
]

describe('the graph of compiled states', () => {
  it.each(cases)('tells $title', ({ states, edges }) => {
    const shown = graphOf(states).edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`.replaceAll('site:', ''))
    expect(shown.toSorted()).toEqual(edges.toSorted())
  })

  it('leads from node to node', () => {
    const { nodes } = graphOf([
      state('a', notify('b')),
      state('b', { lazy: true }),
      state('c', { requires: ids('a'), notifications: [{ on: 'failed', states: ids('a') }] }),
    ])
    const [a, b, c] = nodes
    expect(a?.notify).toEqual([b])
    expect(b?.dependencies).toEqual([a])
    expect([c?.dependencies, c?.notifyFailure]).toEqual([[a], [a]])
    expect(c?.state).toEqual({ id: 'site:c', name: 'c', parts: [], requires: ['site:a'], after: [], place })
  })

  it('takes ten thousand states in a chain', () => {
    const states = Array.from({ length: 10_000 }, (_, i) =>
      state(`s${i}`, i === 0 ? {} : { requires: ids(`s${i - 1}`) }),
    )
    expect(graphOf(states).edges).toHaveLength(9_999)
  })
})
