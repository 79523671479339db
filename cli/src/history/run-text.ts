import { bytesText, durationText, groupBy, type InvocationEvent, type RunRecord, type TargetRecord } from '@prove/core'
import { isAsDeclared } from '../console/as-declared.js'
import { nothingLeft } from '../console/change-item.js'
import type { Colors } from '../console/colors.js'
import { shownPlace } from '../console/errors-text.js'
import { printable } from '../console/printable.js'
import { wrapped } from '../console/wrapped.js'
import { paint } from '../graph/paint.js'
import { momentText } from './moments.js'

export interface RunTextOptions {
  readonly colors: Colors
  /** Also how texts changed. */
  readonly diff: boolean
  /** Also states that were as declared. */
  readonly verbose: boolean
  readonly isRunning: boolean
}

/** A kept run for people, in 80 columns where the names leave room for that. */
export const runText = (record: RunRecord, options: RunTextOptions): string => {
  const blocks = [headLines(record, options), ...record.targets.map((target) => targetLines(target, options))]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const headLines = ({ run, summary }: RunRecord, { colors, isRunning }: RunTextOptions): readonly string[] => {
  if (run === undefined) return []
  const end =
    summary === undefined
      ? isRunning
        ? colors.yellow('it goes on: this is what it has told so far')
        : colors.red('it did not end: this is what it told before it was cut off')
      : `took ${durationText(summary.elapsedMs)}, exit ${summary.exit}`
  return [
    `${colors.bold(run.id)}  ${run.operation}${run.by === undefined ? '' : ` by ${printable(run.by)}`}`,
    `began ${momentText(run.started)}, prove ${run.version}`,
    end,
  ]
}

const targetLines = (record: TargetRecord, options: RunTextOptions): readonly string[] => {
  const { colors } = options
  const { target, outcome, invocations, errors } = record
  const states = invocations.filter((each) => options.verbose || !isAsDeclared(each))
  return [
    `${colors.bold(printable(target))}  ${outcomeText(record, colors)}`,
    ...errors.flatMap(({ message, code, place, hint }) => [
      ...indented(`${printable(message)}  ${code}`, 2).map((line) => colors.red(line)),
      ...(place === undefined ? [] : [`    ${shownPlace(place)}`]),
      ...(hint === undefined ? [] : indented(`hint: ${printable(hint)}`, 4)),
    ]),
    ...states.flatMap((each) => stateLines(each, options)),
    ...(outcome !== undefined && states.length === 0 && invocations.length > 0
      ? [colors.dim('  every state was as declared; -v lists them')]
      : []),
    ...slowestLines(record, colors),
    ...tripLines(record, colors),
  ]
}

const outcomeText = ({ outcome, summary }: TargetRecord, colors: Colors): string => {
  if (outcome === undefined) return colors.yellow('did not end')
  const isGood = outcome === 'ok' || outcome === 'changed'
  const isPlan = summary?.wouldChange !== undefined
  const word = isPlan && outcome === 'changed' ? 'would change' : outcome
  if (summary === undefined) return (isGood ? colors.green : colors.red)(word)
  const counts = [
    [summary.ok, 'ok'],
    isPlan ? [summary.wouldChange, 'would change'] : [summary.changed, 'changed'],
    [summary.pending ?? 0, 'unknown'],
    [summary.failed, 'failed'],
    [summary.rescued ?? 0, 'rescued'],
    [summary.skipped, 'skipped'],
  ] as const
  const shown = counts.flatMap(([count = 0, what]) => (count === 0 ? [] : [`${count} ${what}`]))
  const all = [...shown, `took ${durationText(summary.elapsedMs)}`].join(', ')
  return `${(isGood ? colors.green : colors.red)(word)}: ${all}`
}

/** Columns before the id of a state. */
const column = 25

const stateLines = (event: InvocationEvent, { colors, diff }: RunTextOptions): readonly string[] => {
  const { outcome, confidence, dependsOn = [], elapsedMs, state, fn, reason, notifiedBy, changes } = event
  const took = elapsedMs === undefined ? '' : durationText(elapsedMs)
  const head = `  ${paint(outcome, colors)(outcome.padEnd(12))}${took.padStart(column - 16)}  `
  const more = [
    ...changes.map(({ field, from, to, diff: text }) => {
      if (text !== undefined) return `${field} ${countText(text)}`
      return from === null ? `${field} ${textOf(to)}` : `${field} ${textOf(from)} → ${textOf(to ?? nothingLeft)}`
    }),
    ...(reason === undefined ? [] : [reason]),
    ...(confidence === 'conditional' && outcome !== 'pending'
      ? [`if ${dependsOn.map((id) => (id === state ? 'it' : id)).join(', ')} does what is expected`]
      : []),
    ...(notifiedBy === undefined ? [] : [`notified by ${notifiedBy.join(', ')}`]),
  ]
  return [
    `${head}${printable(state)}  ${colors.dim(fn)}`,
    ...more.flatMap((each) => indented(printable(each), column)),
    ...(diff ? changes.flatMap((change) => diffLines(change.diff, colors)) : []),
  ]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const changedLines = (diff: string, sign: string): number =>
  diff
    .split('\n')
    .slice(2)
    .filter((line) => line.startsWith(sign)).length

const countText = (diff: string): string => `+${changedLines(diff, '+')} −${changedLines(diff, '-')} lines`

const diffLines = (diff: string | undefined, colors: Colors): readonly string[] =>
  (diff ?? '')
    .split('\n')
    .slice(2)
    .filter((line) => line !== '')
    .map((line) => {
      const color = line.startsWith('+') ? colors.green : line.startsWith('-') ? colors.red : colors.dim
      return `    ${color(printable(line))}`
    })

/** States that are told to be slow, at most. */
const most = 5

/** What took long, of all parts and runs of a state; nothing where no two durations are known. */
const slowestLines = ({ invocations }: TargetRecord, colors: Colors): readonly string[] => {
  const sums = [...groupBy(invocations, ({ state }) => state)].map(([state, all]) => ({
    state,
    ms: all.reduce((sum, { elapsedMs = 0 }) => sum + elapsedMs, 0),
  }))
  const slow = sums.filter(({ ms }) => ms > 0).toSorted((a, b) => b.ms - a.ms)
  if (slow.length < 2) return []
  return [
    colors.dim('  SLOWEST STATES'),
    ...slow.slice(0, most).map(({ state, ms }) => `${durationText(ms).padStart(12)}  ${printable(state)}`),
  ]
}

const tripLines = ({ trips }: TargetRecord, colors: Colors): readonly string[] => {
  if (trips.length === 0) return []
  return [
    colors.dim(`  TRIP      TOOK      SENT  RECEIVED  ASKED`),
    ...trips.flatMap(({ trip, elapsedMs, sent, received, frames }) => {
      const cells = [
        durationText(elapsedMs).padStart(10),
        bytesText(sent).padStart(10),
        bytesText(received).padStart(10),
      ]
      const asked = frames.map(({ what, count }) => (count === 1 ? what : `${count} × ${what}`)).join(', ')
      const [first = '', ...rest] = indented(printable(asked), 38)
      return [`  ${String(trip).padStart(4)}${cells.join('')}  ${first.trimStart()}`, ...rest]
    }),
  ]
}

/** Columns of a terminal that nobody has widened. */
const width = 80

/** A text in lines that fit, all at the same column. */
const indented = (text: string, indent: number): readonly string[] =>
  wrapped(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`)
