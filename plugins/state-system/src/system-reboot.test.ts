import { z } from '@prove/core'
import { seenEntry, stateTable } from '@prove/core/testing'
import { expect, it } from 'vitest'
import plugin from './index.js'
import { reboot } from './system-reboot.js'

const wish = '/run/reboot-required'
const required = { only_if_required: true }

stateTable(
  reboot,
  {},
  [
    {
      title: 'converged: nobody has asked for it',
      args: required,
      seen: { wish: seenEntry({ type: 'absent' }, wish) },
      changes: [],
      steps: [],
    },
    {
      title: 'asked for',
      args: required,
      seen: { wish: seenEntry({}, wish) },
      changes: ['boot'],
      steps: ['system.reboot'],
    },
    {
      title: 'in any case',
      args: { within: 60 },
      seen: {},
      changes: ['boot'],
      steps: [{ kind: 'system.reboot', within: 60 }],
    },
  ],
  [plugin],
)

it('runs only when it is notified', () => {
  expect(reboot.lazy).toBe(true)
  expect(z.strictObject(reboot.args).safeParse({ within: 0 }).success).toBe(false)
})
