import { defineOperation } from '../define.js'
import { invocationsOf } from '../engine/invocation.js'
import { plan } from '../engine/plan.js'
import type { ActionResult } from './outcome.js'
import { invocationEvent, type StatesRequest } from './states-request.js'

export const planOperation = defineOperation({
  name: 'plan',
  about: 'Say what apply would do, and how sure that is. Changes nothing.',
  command: (input: StatesRequest): StatesRequest => input,
  action: async ({ states, functionOf, kinds, blobs }, { target, session, emit }): Promise<ActionResult> => {
    const ground = { reader: session, facts: session.facts, kinds }
    const lines = await plan(invocationsOf(states, functionOf), ground)
    for (const line of lines) {
      const { confidence, dependsOn } = line
      emit({ ...invocationEvent(target, line, blobs), confidence, dependsOn: [...dependsOn] })
    }
    if (lines.some(({ outcome }) => outcome === 'failed')) return { outcome: 'failed' }
    return { outcome: lines.some(({ outcome }) => outcome === 'would-change') ? 'changed' : 'ok' }
  },
})
