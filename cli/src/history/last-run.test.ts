import type { InvocationEvent, ProveEvent } from '@prove/core'
import { expect, it } from 'vitest'
import { type LastRun, RunRecorder } from './last-run.js'

const started: ProveEvent = {
  type: 'run',
  id: '1',
  operation: 'apply',
  started: '2026-01-01T00:00:00.000Z',
  version: '0.1.0',
  targets: ['a', 'b'],
}

const invocation = (sequence: number, more: Partial<InvocationEvent> = {}): InvocationEvent => ({
  type: 'invocation',
  target: 'a',
  state: 'site:x',
  part: 0,
  fn: 'file.managed',
  sequence,
  outcome: 'changed',
  changes: [],
  with: {},
  ...more,
})

const compiled: ProveEvent = {
  type: 'compiled',
  target: 'a',
  states: ['site:x', 'site:y'].map((id) => ({
    id,
    place: { file: '/site.yml', line: 1, column: 1 },
    functions: ['file.managed'],
    lazy: false,
  })),
  edges: [],
}

const recordsOf = (...events: readonly ProveEvent[]): ReadonlyMap<string, LastRun> => {
  const records = new Map<string, LastRun>()
  const recorder = new RunRecorder({ put: (target, run) => void records.set(target, run) })
  for (const event of [started, compiled, ...events]) recorder.take(event)
  return records
}

const ended = (target: string, outcome: LastRun['outcome']): ProveEvent => ({
  type: 'target',
  target,
  event: 'ended',
  outcome,
})

it('keeps names and no values', () => {
  const secret = { field: 'content', from: 'hunter1', to: 'hunter2', diff: '+hunter2' }
  const event = invocation(1, { changes: [secret], with: { password: 'hunter2' }, outputs: { stdout: 'hunter2' } })
  const record = recordsOf(event, ended('a', 'changed')).get('a')
  expect(JSON.stringify(record)).not.toContain('hunter')
  expect(record?.invocations[0]).toMatchObject({ fields: ['content'], withNames: ['password'] })
})

it('keeps the last that was told of a part, in the order of the run, and little of a reason', () => {
  const reason = 'x'.repeat(1000)
  const events = [
    invocation(2, { notifiedBy: ['site:y'] }),
    invocation(1),
    invocation(1, { outcome: 'unstable', reason }),
  ]
  const record = recordsOf(...events, ended('a', 'unstable')).get('a')
  expect(record).toMatchObject({
    started: '2026-01-01T00:00:00.000Z',
    outcome: 'unstable',
    states: ['site:x', 'site:y'],
  })
  expect(record?.invocations).toMatchObject([{ outcome: 'unstable' }, { notifiedBy: ['site:y'] }])
  expect(record?.invocations[0]?.reason).toHaveLength(200)
})

it('keeps each target when it has ended, also one that was not reached', () => {
  const records = recordsOf(invocation(1), ended('b', 'unreachable'))
  expect([...records]).toEqual([
    ['b', { started: '2026-01-01T00:00:00.000Z', outcome: 'unreachable', states: [], invocations: [] }],
  ])
})
