import { durationText, groupBy, type TargetOutcome } from '@prove/core'
import type { Colors } from '../console/colors.js'
import { printable } from '../console/printable.js'
import type { History } from './history.js'
import { keptTargets } from './kept-targets.js'
import { ageText } from './moments.js'
import type { KeptRun } from './run-file.js'

export interface RunsCall {
  /** Expressions over the names of targets. */
  readonly targets: readonly string[]
  /** Only what went wrong. */
  readonly failed: boolean
  /** At most so many. */
  readonly number: number
  readonly output: string
}

/** One line of the list, and one item of `-o json`. */
interface ListedRun {
  readonly id: string
  readonly operation: string
  /** ISO 8601 */
  readonly started: string
  readonly by: string | null
  readonly state: 'ended' | 'running' | 'did not end'
  readonly exit: number | null
  readonly elapsedMs: number | null
  /** Of all targets; what would change, of a plan. */
  readonly changed: number | null
  readonly failed: number | null
  /** By name; null where the run has not told yet. */
  readonly targets: Readonly<Record<string, TargetOutcome | null>>
}

/** Lists kept runs, the newest first. */
export const listRuns = (
  history: Pick<History, 'runs'>,
  call: RunsCall,
  { colors, print }: { readonly colors: Colors; readonly print: (text: string) => void },
): number => {
  const all = [...history.runs()]
  const known = all.flatMap(({ run }) => run.targets)
  const wanted = call.targets.length === 0 ? undefined : keptTargets(known, call.targets)
  const runs = all
    .map((kept) => listed(kept, wanted))
    .filter(({ targets }) => wanted === undefined || Object.keys(targets).length > 0)
    .filter((run) => !call.failed || wentWrong(run))
    .slice(0, call.number)
  if (call.output === 'json') print(`${JSON.stringify(runs, null, 2)}\n`)
  else if (runs.length > 0) print(`${tableLines(runs, colors, Date.now()).join('\n')}\n`)
  else print(all.length === 0 ? 'no run is kept here\n' : 'no such run is kept here; "prove runs" lists all\n')
  return 0
}

const listed = ({ id, run, summary, isRunning }: KeptRun, wanted: ReadonlySet<string> | undefined): ListedRun => {
  const names = run.targets.filter((name) => wanted?.has(name) !== false)
  const summaries = names.flatMap((name) => summary?.targets[name] ?? [])
  const sum = (of: (each: (typeof summaries)[number]) => number): number | null =>
    summary === undefined ? null : summaries.reduce((total, each) => total + of(each), 0)
  return {
    id,
    operation: run.operation,
    started: run.started,
    by: run.by ?? null,
    state: summary !== undefined ? 'ended' : isRunning ? 'running' : 'did not end',
    exit: summary?.exit ?? null,
    elapsedMs: summary?.elapsedMs ?? null,
    changed: sum(({ changed, wouldChange }) => wouldChange ?? changed),
    failed: sum(({ failed }) => failed),
    targets: Object.fromEntries(names.map((name) => [name, summary?.targets[name]?.outcome ?? null])),
  }
}

const isBad = (outcome: TargetOutcome | null): boolean => outcome !== null && !['ok', 'changed'].includes(outcome)

const wentWrong = ({ state, targets }: ListedRun): boolean =>
  state === 'did not end' || Object.values(targets).some(isBad)

/** Columns of a terminal that nobody has widened. */
const width = 80

const tableLines = (runs: readonly ListedRun[], colors: Colors, now: number): readonly string[] => {
  const rows = runs.map(({ id, started, operation, elapsedMs, changed, failed }) => [
    id,
    ageText(now - Date.parse(started)),
    operation,
    elapsedMs === null ? '' : durationText(elapsedMs),
    changed === null ? '' : String(changed),
    failed === null ? '' : String(failed),
  ])
  const head = ['RUN', 'AGO', 'DID', 'TOOK', 'CHANGED', 'FAILED']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) =>
        head[i] === 'RUN' || head[i] === 'DID' ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      )
      .join('  ')
  return [
    colors.dim(`${line(head)}  TARGETS`),
    ...runs.map((run, i) => {
      const cells = line(rows[i] ?? [])
      return `${cells}  ${outcomeText(run, colors, Math.max(18, width - cells.length - 2))}`
    }),
  ]
}

/** What came of the targets, the worst first; as much of it as fits. */
const outcomeText = ({ state, targets, operation }: ListedRun, colors: Colors, room: number): string => {
  const paint = wentWrong({ state, targets } as ListedRun) ? colors.red : colors.green
  if (state !== 'ended') return (state === 'running' ? colors.yellow : colors.red)(state)
  const entries = Object.entries(targets)
  const word = (outcome: string | null): string =>
    operation === 'plan' && outcome === 'changed' ? 'would change' : (outcome ?? 'not reached')
  const [only] = entries
  const counts = [...groupBy(entries, ([, outcome]) => outcome)].toSorted(
    ([a], [b]) => Number(isBad(b)) - Number(isBad(a)),
  )
  const text =
    only !== undefined && entries.length === 1
      ? `${printable(only[0])} ${word(only[1])}`
      : counts.map(([outcome, all]) => `${all.length} ${word(outcome)}`).join(', ')
  return paint(text.length > room ? `${text.slice(0, room - 1)}…` : text)
}
