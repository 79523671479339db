import type { CompiledPart } from '../contracts/compiled.js'
import type { StateFunction } from '../contracts/state-function.js'
import type { StepResult } from '../contracts/step.js'
import type { Applied } from './applied.js'
import type { Entry } from './entry.js'
import type { Failures } from './failures.js'

/** Whether looking at a part again after its steps says anything. */
export const provesItself = (fn: StateFunction, part: CompiledPart): boolean =>
  part.guards.creates !== undefined || (fn.verify?.(part.args) ?? 'now') !== 'none'

/** How a decided part ended, from the results of its steps and of what it stands on. */
export const resolve = (entry: Entry, results: ReadonlyMap<number, StepResult>, failures: Failures): Applied => {
  const { invocation, found } = entry
  const reason = failures.reasonFor(invocation)
  if (reason !== undefined) return { invocation, outcome: 'skipped', reason, changes: [] }
  switch (found.verdict) {
    case 'skipped':
      return { invocation, outcome: 'skipped', reason: found.reason, changes: [], guarded: true }
    case 'blocked':
      return { invocation, outcome: 'failed', reason: found.reason, changes: [] }
    case 'unknown':
    case 'same':
      return { invocation, outcome: 'ok', changes: [] }
    case 'changes':
      return { ...resolveSteps(entry, found, results), part: found.part, ...elapsed(entry, results) }
  }
}

/** What the steps of a part took together, where the target has told. */
const elapsed = ({ steps }: Entry, results: ReadonlyMap<number, StepResult>): Pick<Applied, 'elapsedMs'> => {
  const known = steps.flatMap((number) => results.get(number)?.elapsedMs ?? [])
  return known.length === 0 ? {} : { elapsedMs: known.reduce((sum, each) => sum + each, 0) }
}

const resolveSteps = (
  { invocation, steps, note }: Entry,
  { part, changes }: Extract<Entry['found'], { verdict: 'changes' }>,
  all: ReadonlyMap<number, StepResult>,
): Applied => {
  const { fn } = invocation
  const noted = note === undefined ? undefined : all.get(note)
  if (noted?.status === 'failed') {
    // What it would have to tell others could be forgotten: nothing of it was begun.
    const reason = `its notifications cannot be noted on the target${words(noted)}`
    return { invocation, outcome: 'failed', reason, changes: [] }
  }
  const results = steps.flatMap((number) => all.get(number) ?? [])
  const outputs = fn.outputs?.(part.args, results)
  const said = outputs === undefined ? {} : { outputs }
  // What it was to change is known only of a part whose steps ran.
  const begun = results.some(({ status }) => status !== 'stopped' && status !== 'skipped')
  if (!begun) return { invocation, outcome: 'skipped', reason: 'interrupted', changes: [] }
  const stopped = results.find(({ status }) => status === 'stopped')
  if (stopped !== undefined) return { invocation, outcome: 'failed', reason: 'interrupted', changes, ...said }
  const late = results.find(({ status }) => status === 'timeout')
  if (late !== undefined) {
    return { invocation, outcome: 'failed', reason: `timed out${words(late)}`, changes, timedOut: true, ...said }
  }
  const judge = fn.judge?.(part.args)
  if (judge !== undefined) {
    const { failed, changed } = judge(results)
    if (failed !== undefined) return { invocation, outcome: 'failed', reason: failed, changes, ...said }
    return { invocation, outcome: changed ? 'changed' : 'ok', changes: changed ? changes : [], ...said }
  }
  const failed = results.find(({ status }) => status === 'failed')
  if (failed !== undefined) {
    return { invocation, outcome: 'failed', reason: `exit ${failed.exit}${words(failed)}`, changes, ...said }
  }
  return { invocation, outcome: 'changed', changes, ...said }
}

/** The last words of a command: where the reason usually is. */
const words = ({ stderr, stdout }: StepResult): string => {
  const text = stderr.trim() === '' ? stdout.trim() : stderr.trim()
  const last = text.split('\n').slice(-3).join('; ')
  return last === '' ? '' : `: ${last.length > 500 ? `…${last.slice(-500)}` : last}`
}
