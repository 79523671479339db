import { stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import { cronVariable } from './cron-variable.js'
import plugin from './index.js'

const table = (text: string): Readonly<Record<string, unknown>> => ({ table: { text, encoding: 'utf8' } })
const step = (text: string): Readonly<Record<string, unknown>> => ({
  kind: 'cron.crontab',
  blob: expect.objectContaining({ text }) as unknown,
})

stateTable(
  cronVariable,
  { name: 'MAILTO', value: 'me@example.org' },
  [
    { title: 'converged', seen: table('MAILTO="me@example.org"\n'), changes: [], steps: [] },
    {
      title: 'not there',
      seen: table('0 * * * * x'),
      changes: ['MAILTO'],
      steps: [step('MAILTO=me@example.org\n0 * * * * x\n')],
    },
    {
      title: 'another value',
      seen: table('MAILTO=you\n'),
      changes: ['MAILTO'],
      steps: [step('MAILTO=me@example.org\n')],
    },
    {
      title: 'absent',
      args: { value: undefined, absent: true },
      seen: table('MAILTO=you\n'),
      changes: ['MAILTO'],
      steps: [step('')],
    },
    {
      title: 'no cron',
      seen: { table: { why: 'there is no program' } },
      changes: [],
      steps: [],
      blocked: 'no program',
    },
  ],
  [plugin],
)

it.each([
  [{ value: `a"b'c` }, undefined],
  [{ value: `"a'b` }, 'no way'],
  [{}, 'needs a "value"'],
])('of %j says %s', (args, says) => {
  const told = cronVariable.conflict?.({ name: 'A', ...args })
  if (says === undefined) expect(told).toBeUndefined()
  else expect(told).toContain(says)
})
