import type { LedgerEntry } from '../contracts/ledger.js'
import { defineOperation } from '../define.js'
import { turnsOf } from '../engine/invocation.js'
import { plan } from '../engine/plan.js'
import type { ActionResult } from './outcome.js'
import { invocationEvent, type StatesRequest, strayedEvent } from './states-request.js'

export const planOperation = defineOperation({
  name: 'plan',
  about: 'Say what apply would do, and how sure that is. Changes nothing.',
  command: (input: StatesRequest): StatesRequest => input,
  action: async (request, context): Promise<ActionResult> => {
    const { target, session, emit, kinds } = context
    const { states, owner, withoutAgent } = request
    const strayed = (entry: LedgerEntry): void => emit(strayedEvent(target, entry))
    const ground = { reader: session, facts: session.facts, kinds, owner, ledger: () => session.ledger(), strayed }
    const lines = await plan(turnsOf(states, { ...context, withoutAgent }), ground)
    for (const line of lines) {
      const { confidence, dependsOn } = line
      emit({ ...invocationEvent(target, line), confidence, dependsOn: [...dependsOn] })
    }
    if (lines.some(({ outcome }) => outcome === 'failed')) return { outcome: 'failed' }
    return { outcome: lines.some(({ outcome }) => outcome === 'would-change') ? 'changed' : 'ok' }
  },
})
