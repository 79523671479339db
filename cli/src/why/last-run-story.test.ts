import { graphOf } from '@prove/catalog'
import type { Notification } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { compiledState as state } from '../../../test-fixtures/compiled-state.js'
import type { LastRun, RecordedInvocation } from '../history/last-run.js'
import { lastRunStory, type Link } from './last-run-story.js'

const notify = (...states: readonly string[]): readonly Notification[] => [{ on: 'changed', states }]

/** conf wakes check, check wakes reload; a group g of a and b wakes reload too; undo is its rescue, bye its end. */
const states = [
  state('conf', { notifications: notify('check') }),
  state('check', { lazy: true, notifications: notify('reload') }),
  state('a'),
  state('b'),
  state('undo', { gates: [{ group: 'g', as: 'rescue' }] }),
  state('bye', { gates: [{ group: 'g', as: 'always' }] }),
  state('g', { group: { members: ['a', 'b'], rescue: ['undo'], always: ['bye'] }, notifications: notify('reload') }),
  state('reload', { lazy: true }),
]

type Ran = Partial<RecordedInvocation> & Pick<RecordedInvocation, 'state' | 'outcome'>

const runOf = (invocations: readonly Ran[], more: Partial<LastRun> = {}): LastRun => ({
  started: '2026-01-01T00:00:00.000Z',
  outcome: 'changed',
  states: states.map(({ id }) => id),
  invocations: invocations.map((each, i) => ({
    sequence: i + 1,
    part: 0,
    fn: 'x',
    fields: [],
    withNames: [],
    ...each,
  })),
  ...more,
})

const storyOf = (id: string, run: LastRun) => {
  const graph = graphOf(states)
  const node = graph.nodes.find(({ compiled }) => compiled.id === id)
  if (node === undefined) throw new Error(`no ${id}`)
  return lastRunStory(graph, node, run)
}

const shown = (chain: readonly Link[]): string =>
  chain
    .map(({ state: id, outcome, since }) => [id, outcome, since].filter((each) => each !== undefined).join(' '))
    .join(' → ')

interface Chained {
  readonly title: string
  readonly ran: readonly Ran[]
  /** Of every run of reload. */
  readonly chains: readonly (readonly string[])[]
}

const chained: readonly Chained[] = [
  {
    title: 'back to the first cause',
    ran: [
      { state: 'conf', outcome: 'changed' },
      { state: 'check', outcome: 'changed', notifiedBy: ['conf'] },
      { state: 'reload', outcome: 'ok', notifiedBy: ['check'] },
    ],
    chains: [['conf changed → check changed → reload']],
  },
  {
    title: 'for each of several notifiers, and of a group the state in it that changed',
    ran: [
      { state: 'check', outcome: 'changed' },
      { state: 'a', outcome: 'changed' },
      { state: 'b', outcome: 'ok' },
      { state: 'reload', outcome: 'changed', notifiedBy: ['check', 'g'] },
    ],
    chains: [['check changed → reload', 'a changed → g → reload']],
  },
  {
    title: 'of each run by itself, as far as it had come then',
    ran: [
      { state: 'check', outcome: 'changed' },
      { state: 'reload', outcome: 'changed', notifiedBy: ['check'] },
      { state: 'conf', outcome: 'changed' },
      { state: 'check', outcome: 'changed', notifiedBy: ['conf'] },
      { state: 'reload', outcome: 'changed', notifiedBy: ['check'] },
    ],
    chains: [['check changed → reload'], ['conf changed → check changed → reload']],
  },
  {
    title: 'to an earlier run that noted it',
    ran: [{ state: 'reload', outcome: 'changed', notifiedBy: ['check'], notifiedSince: '2025-12-31' }],
    chains: [['check 2025-12-31 → reload']],
  },
  {
    title: 'to a notifier of which nothing is known',
    ran: [{ state: 'reload', outcome: 'changed', notifiedBy: ['gone'] }],
    chains: [['gone → reload']],
  },
  { title: 'nowhere, where it ran of its own', ran: [{ state: 'reload', outcome: 'changed' }], chains: [[]] },
]

describe('notifications are followed', () => {
  it.each(chained)('$title', ({ ran, chains }) => {
    const { runs, notRun } = storyOf('reload', runOf(ran))
    expect(runs.map((run) => run.chains.map(shown))).toEqual(chains)
    expect(notRun).toBeUndefined()
  })

  it('for the parts of a run together', () => {
    const parts = [0, 1].map((part) => ({ state: 'reload', outcome: 'changed' as const, part, notifiedBy: ['check'] }))
    const { runs } = storyOf('reload', runOf([{ state: 'check', outcome: 'changed' }, ...parts, ...parts]))
    expect(runs.map((run) => run.parts.map(({ sequence }) => sequence))).toEqual([
      [2, 3],
      [4, 5],
    ])
  })
})

interface NotRun {
  readonly title: string
  readonly id: string
  readonly run: LastRun
  readonly says: string
}

const conf: readonly Ran[] = [{ state: 'conf', outcome: 'ok' }]

const notRun: readonly NotRun[] = [
  {
    title: 'nobody notified',
    id: 'check',
    run: runOf(conf),
    says: 'it did not run: it is lazy, and nobody notified it (conf notifies it when changed, and was ok)',
  },
  {
    title: 'nobody notified before the end',
    id: 'check',
    run: runOf([], { outcome: 'lost' }),
    says: 'and then the target was lost (conf notifies it when changed, and was not run)',
  },
  { title: 'was not to be saved', id: 'undo', run: runOf(conf), says: 'it did not run: nothing of g failed' },
  { title: 'had no beginning', id: 'bye', run: runOf(conf), says: 'it did not run: g never began' },
  { title: 'is a group', id: 'g', run: runOf([{ state: 'a', outcome: 'ok' }]), says: 'the worst outcome was ok' },
  { title: 'is a group of nothing that ran', id: 'g', run: runOf(conf), says: 'nothing that belongs to it ran' },
  {
    title: 'was not there',
    id: 'a',
    run: runOf(conf, { states: ['conf'] }),
    says: 'it was not among the states of that run',
  },
  {
    title: 'was out of reach',
    id: 'a',
    run: runOf([], { states: [], outcome: 'unreachable' }),
    says: 'that run came to no state: the target ended as unreachable',
  },
  {
    title: 'was not come to',
    id: 'a',
    run: runOf(conf, { outcome: 'lost' }),
    says: 'it did not come to run: the target ended as lost',
  },
]

it.each(notRun)('a state that $title says so', ({ id, run, says }) => {
  expect(storyOf(id, run).notRun).toContain(says)
})

it('a state that failed tells what it kept back, near and far, and no more', () => {
  const chain = [
    state('one'),
    state('two', { requires: ['one'] }),
    state('three', { requires: ['two'] }),
    state('other', { requires: ['one'] }),
    state('apart'),
  ]
  const graph = graphOf(chain)
  const storyIn = (one: Ran['outcome']) => {
    const [node] = graph.nodes
    if (node === undefined) throw new Error('no node')
    const skipped = ['two', 'three', 'apart'].map((id): Ran => ({ state: id, outcome: 'skipped' }))
    return lastRunStory(
      graph,
      node,
      runOf([{ state: 'one', outcome: one }, ...skipped, { state: 'other', outcome: 'ok' }]),
    )
  }
  expect(storyIn('failed').keptBack).toEqual(['two', 'three'])
  expect(storyIn('changed').keptBack).toBeUndefined()
})
