import { expect, it } from 'vitest'
import type { InvocationEvent, ProveEvent } from './event.js'
import { recordOf } from './run-record.js'

const run: ProveEvent = {
  type: 'run',
  id: '1',
  operation: 'apply',
  started: '2026-01-01T00:00:00.000Z',
  version: '0.1.0',
  targets: ['b', 'a'],
}

const invocation = (sequence: number, outcome: InvocationEvent['outcome']): InvocationEvent => ({
  type: 'invocation',
  target: 'a',
  state: 'site:x',
  part: 0,
  fn: 'file.managed',
  sequence,
  outcome,
  changes: [],
  with: {},
})

it('keeps the last that was told of each part, in the order of the run, and targets in that of the run event', () => {
  const events = [run, invocation(2, 'changed'), invocation(1, 'changed'), invocation(2, 'unstable')]
  const { targets } = recordOf(events)
  expect(targets.map(({ target }) => target)).toEqual(['b', 'a'])
  expect(targets[1]?.invocations.map(({ outcome }) => outcome)).toEqual(['changed', 'unstable'])
})

it('tells what did not end', () => {
  const ended: ProveEvent = { type: 'target', target: 'a', event: 'ended', outcome: 'changed' }
  const record = recordOf([run, ended])
  expect(record.summary).toBeUndefined()
  expect(record.targets.map(({ outcome }) => outcome)).toEqual([undefined, 'changed'])
})

it('takes what comes without a run: an error of the catalog', () => {
  const error: ProveEvent = { type: 'error', code: 'PRV_USAGE', message: 'no', includedFrom: [], targets: [] }
  expect(recordOf([error])).toEqual({ targets: [], errors: [error] })
})
