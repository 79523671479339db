import type { Applied } from '../../core/src/engine/applied.js'
import type { PlanLine } from '../../core/src/engine/plan-line.js'

interface Invoked {
  readonly invocation: Applied['invocation']
}

const nameOf = ({ invocation: { state, index } }: Invoked): string => `${state.id}[${index}]`

/** By part and by how often it has run: a part may be told of several times. */
const byTurn = <T extends Invoked>(all: readonly T[]): ReadonlyMap<string, T> => {
  const times = new Map<string, number>()
  return new Map(
    all
      .toSorted((a, b) => a.invocation.sequence - b.invocation.sequence)
      .map((one) => {
        const name = nameOf(one)
        const time = (times.get(name) ?? 0) + 1
        times.set(name, time)
        return [`${name} ${time}`, one]
      }),
  )
}

const bySequence = (reports: readonly Applied[], choose: 'first' | 'last'): readonly Applied[] => {
  const ordered = choose === 'first' ? reports.toReversed() : reports
  return [...new Map(ordered.map((applied) => [applied.invocation.sequence, applied])).values()]
}

/** What became of each part before the last look; that a group made up for a failure is told later, and belongs to it. */
const before = (reports: readonly Applied[]): readonly Applied[] =>
  bySequence([...reports.filter(({ outcome }) => outcome === 'rescued'), ...reports], 'first')

const isFailure = (outcome: string | undefined): boolean => outcome === 'failed' || outcome === 'rescued'

/** Outcomes by part and turn, as the run ended. */
export const outcomesOf = (reports: readonly Applied[]): ReadonlyMap<string, string> =>
  new Map([...byTurn(bySequence(reports, 'last'))].map(([turn, { outcome }]) => [turn, outcome]))

/**
 * Every false promise of a plan: a change that no line announced, or a sure line that did not come true. After a step that
 * failed unforeseen, what the plan said under the condition of its success is not held against it.
 */
export const falsePromises = (lines: readonly PlanLine[], reports: readonly Applied[]): readonly string[] => {
  const applied = byTurn(before(reports))
  const planned = byTurn(withoutStayers(lines, reports))
  const found: string[] = []
  let unforeseen = false
  for (const [turn, line] of planned) {
    const one = applied.get(turn)
    const failed = isFailure(one?.outcome) && !isFailure(line.outcome)
    const command = line.invocation.part.fn === 'cmd.run'
    if (!unforeseen && line.confidence === 'sure' && !(failed && command) && !cameTrue(line, one)) {
      found.push(`${turn}: planned sure ${line.outcome}, then ${one?.outcome ?? 'nothing'} (${one?.reason ?? ''})`)
    }
    if (one === undefined && !mayStayAway(line, unforeseen)) found.push(`${turn}: planned, never applied`)
    if (failed) unforeseen = true
  }
  for (const [turn, { outcome }] of applied) {
    if (outcome === 'changed' && !planned.has(turn) && !unforeseen) found.push(`${turn}: changed, never announced`)
  }
  return found
}

/** Whoever waits for a notification, or belongs to a branch of a group, may not be needed. */
const mayStayAway = ({ invocation: { wake, state }, confidence }: PlanLine, unforeseen: boolean): boolean =>
  wake !== undefined || (state.gates !== undefined && (unforeseen || confidence !== 'sure'))

/** Without the first of those lines that nobody came to need, so that the later ones meet their own turns. */
const withoutStayers = (lines: readonly PlanLine[], reports: readonly Applied[]): readonly PlanLine[] => {
  const left = new Map<string, number>()
  for (const line of lines) left.set(nameOf(line), (left.get(nameOf(line)) ?? 0) + 1)
  for (const applied of bySequence(reports, 'last')) left.set(nameOf(applied), (left.get(nameOf(applied)) ?? 0) - 1)
  return lines.filter((line) => {
    const excess = left.get(nameOf(line)) ?? 0
    const stays = excess > 0 && line.outcome === 'pending' && mayStayAway(line, false)
    if (stays) left.set(nameOf(line), excess - 1)
    return !stays
  })
}

const fieldsOf = (changes: Applied['changes']): string =>
  JSON.stringify(changes.map(({ field, from, to }) => [field, from, to]))

const cameTrue = (line: PlanLine, applied: Applied | undefined): boolean => {
  if (line.outcome === 'would-change') {
    return applied?.outcome === 'changed' && fieldsOf(line.changes) === fieldsOf(applied.changes)
  }
  return applied?.outcome === line.outcome
}
