import type { InvocationEvent, ProveEvent } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { keptEvent, notKept } from './kept-event.js'

const invocation: InvocationEvent = {
  type: 'invocation',
  target: 'a',
  state: 'site:x',
  part: 0,
  fn: 'file.managed',
  sequence: 1,
  outcome: 'changed',
  changes: [],
  with: {},
}

const entry = { key: 'k', catalog: 'c', environment: 'e', state: 's', with: { token: 'hunter2' }, by: 'x', since: 'y' }

describe('what is not kept', () => {
  it.each<[string, ProveEvent]>([
    ['values of variables', { ...invocation, with: { password: 'hunter2' } }],
    ['what a command answered', { ...invocation, outputs: { stdout: 'hunter2' } }],
    ['results', { type: 'target', target: 'a', event: 'answered', result: { stdout: 'hunter2' } }],
    ['facts', { type: 'target', target: 'a', event: 'connected', facts: { local: 'hunter2' } }],
    ['values of notifications', { type: 'target', target: 'a', event: 'strayed', entry }],
    ['the end of a reason', { ...invocation, reason: `${'x'.repeat(200)}hunter2` }],
    [
      'the end of a message',
      {
        type: 'target',
        target: 'a',
        event: 'error',
        error: { code: 'PRV_USAGE', message: `${'x'.repeat(200)}hunter2` },
      },
    ],
    [
      'a large value',
      { ...invocation, changes: [{ field: 'f', from: null, to: { a: ['x'.repeat(2000), 'hunter2'] } }] },
    ],
    [
      'the end of a long value',
      { ...invocation, changes: [{ field: 'f', from: `${'x'.repeat(2000)}hunter2`, to: 1 }] },
    ],
  ])('%s', (_what, event) => {
    expect(JSON.stringify(event)).toContain('hunter2')
    expect(JSON.stringify(keptEvent(event))).not.toContain('hunter2')
  })
})

it('keeps the names of variables, small values, and diffs up to a length', () => {
  const diff = `--- a\n+++ b\n${'+line\n'.repeat(20_000)}`
  const changes = [
    { field: 'mode', from: '0644', to: '0600' },
    { field: 'content', from: 'a', to: 'b', diff },
  ]
  const kept = keptEvent({ ...invocation, with: { name: 1 }, reason: 'why', changes }) as InvocationEvent
  expect(kept).toMatchObject({ with: { name: notKept }, reason: 'why', changes: [changes[0], { field: 'content' }] })
  const lines = kept.changes[1]?.diff?.split('\n') ?? []
  const left = Number(/^… (\d+) more/.exec(lines.at(-2) ?? '')?.[1])
  expect(lines.length - 4 + left).toBe(20_000)
})
