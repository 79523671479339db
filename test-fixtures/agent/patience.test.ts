import { usualLiveness } from '@prove/link'
import { describe, expect, it } from 'vitest'
import { pauseAfter } from '../../agent/src/dialling.js'
import { agentExecutor } from '../../plugins/executor-agent/src/agent-executor.js'

describe('a run that waits as long as it does unless told otherwise', () => {
  const within = agentExecutor.options.within.parse(undefined) * 1000
  const handshake = 2000

  it('is met by an agent whose last master vanished without a word a moment ago', () => {
    const { alive, silence } = usualLiveness
    const looksEvery = alive / 4
    expect(silence + looksEvery + pauseAfter(0, () => 1) + handshake).toBeLessThan(within)
  })

  it('is met by an agent that has dialled in vain for days', () => {
    expect(pauseAfter(10_000, () => 1) + handshake).toBeLessThan(within)
  })
})
