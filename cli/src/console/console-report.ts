import type { LedgerEntry, ProveEvent, Report } from '@prove/core'
import { shownPlace } from './errors-text.js'
import type { Colors } from './colors.js'

export interface ConsoleOptions {
  readonly colors: Colors
  /** 0: what differs; 1: also what is as declared; 2: also every round trip. */
  readonly verbose: number
  /** Lines of a diff shown at most; undefined for no diffs. */
  readonly diffLines: number | undefined
  readonly print: (text: string) => void
}

const marks = {
  ok: '=',
  changed: '~',
  'would-change': '~',
  skipped: '-',
  failed: '!',
  rescued: '!',
  unstable: '!',
  pending: '?',
} as const

type InvocationEvent = Extract<ProveEvent, { type: 'invocation' }>
type TargetEvent = Extract<ProveEvent, { type: 'target' }>
type SummaryEvent = Extract<ProveEvent, { type: 'summary' }>

/** Whole lines for people, each beginning with the target. */
export const consoleReport = (options: ConsoleOptions): Report => ({
  event: (event) => {
    for (const line of linesOf(event, options)) options.print(`${line}\n`)
  },
})

const linesOf = (event: ProveEvent, options: ConsoleOptions): readonly string[] => {
  switch (event.type) {
    case 'invocation':
      return invocationLines(event, options)
    case 'target':
      return targetLines(event, options)
    case 'summary':
      return summaryLines(event, options)
    default:
      return []
  }
}

const paint = (outcome: InvocationEvent['outcome'], colors: Colors): ((text: string) => string) => {
  if (outcome === 'failed' || outcome === 'unstable') return colors.red
  if (outcome === 'changed' || outcome === 'would-change') return colors.green
  return outcome === 'pending' ? colors.yellow : colors.dim
}

const invocationLines = (event: InvocationEvent, options: ConsoleOptions): readonly string[] => {
  const { target, state, fn, outcome, confidence, dependsOn = [], reason, notifiedBy, notifiedSince, changes } = event
  const { colors, verbose } = options
  if (verbose === 0 && outcome === 'ok' && confidence !== 'conditional') return []
  const color = paint(outcome, colors)
  const sure =
    confidence === 'conditional' && outcome !== 'pending'
      ? colors.yellow(` (if ${dependsOn.map((id) => (id === state ? 'it does' : id)).join(', ')})`)
      : ''
  const earlier = notifiedSince === undefined ? '' : ` in an earlier run, at ${notifiedSince}`
  const woken = notifiedBy === undefined ? '' : colors.dim(` (notified by ${notifiedBy.join(', ')}${earlier})`)
  const why = reason === undefined ? '' : `: ${reason}`
  const fields = changes
    .filter(({ diff }) => diff === undefined)
    .map(({ field, from, to }) => shownChange(field, from, to))
  const what = fields.length === 0 ? '' : `  ${fields.join(', ')}`
  const first = `${target}  ${color(`${marks[outcome]} ${outcome}`)}  ${state}  ${colors.dim(fn)}${what}${why}${sure}${woken}`
  return [first, ...changes.flatMap(({ diff }) => (diff === undefined ? [] : diffLines(diff, target, options)))]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const shownChange = (field: string, from: unknown, to: unknown): string => {
  return from === null ? `${field} ${textOf(to)}` : `${field} ${textOf(from)} → ${textOf(to)}`
}

const diffLines = (diff: string, target: string, { colors, diffLines: limit }: ConsoleOptions): readonly string[] => {
  if (limit === undefined) return []
  const lines = diff
    .split('\n')
    .filter((line) => line !== '')
    .slice(2)
  const shown = lines.slice(0, limit).map((line) => {
    if (line.startsWith('+')) return colors.green(line)
    return line.startsWith('-') ? colors.red(line) : colors.dim(line)
  })
  const more = lines.length > limit ? [colors.dim(`… ${lines.length - limit} more lines`)] : []
  return [...shown, ...more].map((line) => `${target}      ${line}`)
}

const targetLines = (
  { target, event, error, result, entry }: TargetEvent,
  { colors }: ConsoleOptions,
): readonly string[] => {
  switch (event) {
    case 'error':
      return [
        `${target}  ${colors.red(`! ${error?.message ?? ''}`)}  ${colors.dim(error?.code ?? '')}`,
        ...(error?.place === undefined ? [] : [`${target}    ${colors.cyan(shownPlace(error.place))}`]),
        ...(error?.hint === undefined ? [] : [`${target}    ${colors.yellow('hint')} ${error.hint}`]),
      ]
    case 'strayed':
      return [
        `${target}  ${colors.yellow('? pending')}  ${entry?.state}: notified by ${entry?.by} at ${entry?.since}, but not among the states of this run`,
        `${target}    ${colors.yellow('hint')} prove status ${target} --dismiss ${entry?.state}`,
      ]
    case 'interrupted':
      return [
        `${target}  ${colors.yellow('interrupted: waiting for the running step to end; press Ctrl-C again to kill it')}`,
      ]
    case 'killed':
      return [`${target}  ${colors.red('killing the running step')}`]
    case 'answered':
      return resultLines(target, result ?? {}, colors)
    default:
      return []
  }
}

/** Streams as they are, each line with its target; other results as `key  value`. */
const resultLines = (target: string, result: Readonly<Record<string, unknown>>, colors: Colors): readonly string[] =>
  Object.entries(result).flatMap(([key, value]) => {
    if (key === 'stdout' || key === 'stderr') {
      const lines = String(value).replace(/\n$/, '').split('\n')
      return value === '' ? [] : lines.map((line) => `${target}  ${key === 'stderr' ? colors.red(line) : line}`)
    }
    if (key === 'pending' || key === 'dismissed') return ledgerLines(target, key, value, colors)
    if (key === 'exit') return value === 0 ? [] : [`${target}  ${colors.red(`exit ${String(value)}`)}`]
    return [`${target}  ${colors.dim(key)}  ${typeof value === 'string' ? value : JSON.stringify(value)}`]
  })

/** What the ledger of a target keeps, or kept. */
const ledgerLines = (target: string, what: string, value: unknown, colors: Colors): readonly string[] => {
  const entries = value as readonly LedgerEntry[]
  if (entries.length === 0) return [`${target}  nothing is pending`]
  return entries.map(({ state, by, since, catalog, environment }) => {
    const where = colors.dim(`(catalog ${catalog}, environment ${environment})`)
    return `${target}  ${colors.yellow(`? ${what}`)}  ${state}: notified by ${by} at ${since}  ${where}`
  })
}

const summaryLines = ({ operation, targets }: SummaryEvent, { colors }: ConsoleOptions): readonly string[] => {
  const names = Object.keys(targets)
  const width = Math.max(...names.map((name) => name.length))
  return Object.entries(targets).map(([name, summary]) => {
    const { outcome, ok, changed, failed, rescued, skipped, wouldChange, pending, roundTrips, elapsedMs } = summary
    const bad = !['ok', 'changed'].includes(outcome)
    const word = operation === 'plan' && outcome === 'changed' ? 'would change' : outcome
    const counts =
      operation === 'plan' || operation === 'apply'
        ? [
            `${ok} ok`,
            ...(wouldChange === undefined ? [`${changed} changed`] : [`${wouldChange} would change`]),
            ...(pending === undefined || pending === 0 ? [] : [`${pending} unknown`]),
            `${failed} failed`,
            ...(rescued === undefined ? [] : [`${rescued} rescued`]),
            `${skipped} skipped`,
          ]
        : []
    const head = `${name.padEnd(width)}  ${(bad ? colors.red : colors.green)(word)}`
    const trips = `${roundTrips} round ${roundTrips === 1 ? 'trip' : 'trips'}, ${(elapsedMs / 1000).toFixed(1)} s`
    return `${head}  ${[...counts, trips].join(', ')}`
  })
}
