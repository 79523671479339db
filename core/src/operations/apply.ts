import type { LedgerEntry } from '../contracts/ledger.js'
import { defineOperation } from '../define.js'
import { apply } from '../engine/apply.js'
import type { Applied } from '../engine/applied.js'
import type { TargetOutcome } from '../engine/event.js'
import { definitionOf, type PartInvocation, turnsOf } from '../engine/invocation.js'
import type { ActionResult } from './outcome.js'
import { invocationEvent, type StatesRequest, strayedEvent } from './states-request.js'

export const applyOperation = defineOperation({
  name: 'apply',
  about: 'Make the target what its states declare.',
  changes: true,
  endsItself: true,
  command: (input: StatesRequest): StatesRequest => input,
  action: async (request, context): Promise<ActionResult> => {
    const { target, session, interruption, emit, kinds } = context
    const { states, speculate, owner, ledgerOptional = false, withoutAgent } = request
    const report = (applied: Applied): void => {
      const { outputs, elapsedMs } = applied
      emit({
        ...invocationEvent(target, applied),
        ...(outputs === undefined ? {} : { outputs: { ...outputs } }),
        ...(elapsedMs === undefined ? {} : { elapsedMs }),
      })
    }
    const ignore = interruption.onAsk((times) => {
      emit({ type: 'target', target, event: times === 1 ? 'interrupted' : 'killed' })
      if (times === 1) session.stop()
      else void session.kill().catch(() => undefined)
    })
    try {
      const { facts } = session
      const strayed = (entry: LedgerEntry): void => emit(strayedEvent(target, entry))
      const idsOf = (invocations: readonly PartInvocation[]): string[] =>
        invocations.map(({ state }) => definitionOf(state))
      const began = (sent: readonly PartInvocation[]): void =>
        emit({ type: 'target', target, event: 'running', running: idsOf(sent) })
      const ran = (ended: readonly PartInvocation[]): void =>
        emit({ type: 'target', target, event: 'ran', ran: idsOf(ended) })
      const told = { report, strayed, began, ran }
      const ground = { session, facts, kinds, interruption, speculate, owner, ledgerOptional, ...told }
      const { applied, rereads } = await apply(turnsOf(states, { ...context, withoutAgent }), ground)
      return { outcome: outcomeOf(applied), rereads }
    } finally {
      ignore()
    }
  },
})

/** A target ends in exactly one outcome: the worst that happened on it. */
const outcomeOf = (applied: readonly Applied[]): TargetOutcome => {
  const isInterrupted = ({ reason }: Applied): boolean => reason === 'interrupted'
  const failed = applied.filter((each) => each.outcome === 'failed' && !isInterrupted(each))
  if (failed.length > 0) return failed.every(({ timedOut }) => timedOut === true) ? 'timed-out' : 'failed'
  if (applied.some(isInterrupted)) return 'interrupted'
  if (applied.some(({ outcome }) => outcome === 'unstable')) return 'unstable'
  return applied.some(({ outcome }) => outcome === 'changed') ? 'changed' : 'ok'
}
