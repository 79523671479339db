import { defineOperation } from '../define.js'
import { invocationsOf } from '../engine/invocation.js'
import { plan } from '../engine/plan.js'
import type { ActionResult } from './outcome.js'
import { changeEvent, type StatesRequest } from './states-request.js'

export const planOperation = defineOperation({
  name: 'plan',
  about: 'Say what apply would do, and how sure that is. Changes nothing.',
  command: (input: StatesRequest): StatesRequest => input,
  action: async ({ states, functionOf, kinds, blobs }, { target, session, emit }): Promise<ActionResult> => {
    const ground = { reader: session, facts: session.facts, kinds }
    const lines = await plan(invocationsOf(states, functionOf), ground)
    for (const { invocation, outcome, confidence, dependsOn, reason, changes } of lines) {
      emit({
        type: 'invocation',
        target,
        state: invocation.state.id,
        part: invocation.index,
        fn: invocation.part.fn,
        sequence: invocation.sequence,
        outcome,
        confidence,
        dependsOn: [...dependsOn],
        ...(reason === undefined ? {} : { reason }),
        changes: changes.map((change) => changeEvent(change, blobs)),
        with: {},
      })
    }
    if (lines.some(({ outcome }) => outcome === 'failed')) return { outcome: 'failed' }
    return { outcome: lines.some(({ outcome }) => outcome === 'would-change') ? 'changed' : 'ok' }
  },
})
