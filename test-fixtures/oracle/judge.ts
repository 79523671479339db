import type { Applied } from '../../core/src/engine/applied.js'
import type { PlanLine } from '../../core/src/engine/plan.js'

const nameOf = ({ invocation: { state, index } }: Pick<Applied, 'invocation'>): string => `${state.id}[${index}]`

/** Outcomes by part, as the run ended. */
export const outcomesOf = (reports: readonly Applied[]): ReadonlyMap<string, string> =>
  new Map(reports.map((applied) => [nameOf(applied), applied.outcome]))

/**
 * Every false promise of a plan: a change that no line announced, or a sure line that did not come true. After a step that
 * failed unforeseen, what the plan said under the condition of its success is not held against it.
 */
export const falsePromises = (lines: readonly PlanLine[], reports: readonly Applied[]): readonly string[] => {
  const first = new Map<number, Applied>()
  for (const applied of reports)
    if (!first.has(applied.invocation.sequence)) first.set(applied.invocation.sequence, applied)
  const found: string[] = []
  let unforeseen = false
  for (const line of lines) {
    const applied = first.get(line.invocation.sequence)
    if (applied === undefined) {
      found.push(`${nameOf(line)}: planned, never applied`)
      continue
    }
    const said = `${nameOf(line)}: planned ${line.confidence} ${line.outcome}, then ${applied.outcome} (${applied.reason ?? ''})`
    const failed = applied.outcome === 'failed' && line.outcome !== 'failed'
    const command = line.invocation.part.fn === 'cmd.run'
    if (!unforeseen && line.confidence === 'sure' && !(failed && command) && !cameTrue(line, applied)) found.push(said)
    if (failed) unforeseen = true
  }
  return found
}

const fieldsOf = (changes: Applied['changes']): string =>
  JSON.stringify(changes.map(({ field, from, to }) => [field, from, to]))

const cameTrue = (line: PlanLine, applied: Applied): boolean => {
  if (line.outcome === 'would-change') {
    return applied.outcome === 'changed' && fieldsOf(line.changes) === fieldsOf(applied.changes)
  }
  return applied.outcome === line.outcome
}
