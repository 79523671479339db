import { expect, it } from 'vitest'
import type { CompiledPart } from '../contracts/compiled.js'
import type { StateFunction } from '../contracts/state-function.js'
import type { Step } from '../contracts/step.js'
import { examine } from './examine.js'

const stepsWith = (steps: readonly Step[], run: CompiledPart['run']): unknown => {
  const fn = {
    name: 'a.b',
    args: {},
    reads: () => ({}),
    check: () => [{ field: 'x', from: 0, to: 1 }],
    apply: () => steps,
  }
  const part = { fn: 'a.b', args: {}, guards: { unless: [], onlyif: [] }, run } as unknown as CompiledPart
  const found = examine({
    invocation: { fn: fn as unknown as StateFunction, part, with: {} },
    lookup: () => 'wanted',
  })
  return found.verdict === 'changes' ? found.steps : found
}

it('gives the time limit of a part to its commands, and to steps that have one', () => {
  const steps = [{ kind: 'exec' }, { kind: 'a.timed', timeout: 600 }, { kind: 'a.other' }]
  expect(stepsWith(steps, { timeout: 5 })).toEqual([
    { kind: 'exec', timeout: 5 },
    { kind: 'a.timed', timeout: 5 },
    { kind: 'a.other' },
  ])
  expect(stepsWith(steps, {})).toEqual(steps)
})
