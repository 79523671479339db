import type { Confidence, SummaryEvent, TargetOutcome, TargetSummary } from '@prove/core'
import type { Board } from './board.js'
import { duration } from './duration.js'
import { failureLines } from './failure-lines.js'
import { type Failure, failuresOf } from './failures.js'
import { flow, hanging } from './flow.js'
import { type Layout, listWidthIn, named, roomIn } from './layout.js'
import { faint, type Line, span } from './line.js'
import { isBad, lookOf } from './target-looks.js'

/** Targets up to which each has a line. */
const fewTargets = 10

type Ended = readonly [name: string, summary: TargetSummary]

/** What changed, what failed, and where to look; the worst stands last, where the eye is. */
export const summaryLines = (event: SummaryEvent, board: Board, layout: Layout): readonly Line[] => {
  const ended = Object.entries(event.targets)
  const lines = [
    ...legend(board.unsure, listWidthIn(layout)),
    ...targetLines(ended, event.operation, layout),
    ...(ended.length > 1 ? [totals(ended, event)] : []),
    ...(event.stopped === undefined
      ? []
      : hanging([span(`! stopped: ${event.stopped}`, 'bad')], listWidthIn(layout), 4)),
    ...failureLines(failuresAtEnd(board), event.operation, layout),
  ]
  return layout.isTerminal ? [[], ...lines] : lines
}

/** What is wrong with the only target as a whole stands just above, and is not told twice. */
const failuresAtEnd = ({ targets }: Board): readonly Failure[] =>
  failuresOf(targets).filter(({ state }) => state !== undefined || targets.length > 1)

const meanings: readonly (readonly [Confidence, Line])[] = [
  ['conditional', [span('if S', 'open'), faint(': sure once S leaves what it should; ')]],
  ['unknown', [span('unknown until S', 'open'), faint(': no prediction before S ran; ')]],
]

/** What the marks of a plan mean, as far as it has some. */
const legend = (unsure: ReadonlySet<Confidence>, width: number): readonly Line[] => {
  const told = meanings.flatMap(([confidence, meaning]) => (unsure.has(confidence) ? meaning : []))
  return told.length === 0 ? [] : hanging([...told, faint('the rest is sure')], width, 2)
}

/** From good to bad. */
const order: readonly TargetOutcome[] = [
  'ok',
  'changed',
  'skipped',
  'interrupted',
  'unstable',
  'timed-out',
  'lost',
  'unreachable',
  'failed',
]

const targetLines = (ended: readonly Ended[], operation: string, layout: Layout): readonly Line[] =>
  order.flatMap((outcome) => {
    const same = ended.filter(([, summary]) => summary.outcome === outcome)
    const isMany = same.length > fewTargets || (outcome === 'ok' && ended.length > fewTargets)
    if (!isMany) return same.flatMap(([name, summary]) => targetLine(name, summary, operation, layout))
    const { mark, word, tone } = lookOf(outcome, operation)
    if (same.length === 0) return []
    const head = span(`${mark} ${same.length} ${word}`, tone)
    if (outcome === 'ok') return [[head]]
    return hanging([head, span(`  ${same.map(([name]) => name).join(', ')}`)], listWidthIn(layout), 4)
  })

const targetLine = (name: string, summary: TargetSummary, operation: string, layout: Layout): readonly Line[] => {
  const { roundTrips, elapsedMs } = summary
  const { mark, word, tone } = lookOf(summary.outcome, operation)
  const trips = faint(`${roundTrips} round ${roundTrips === 1 ? 'trip' : 'trips'}, ${duration(elapsedMs)}`)
  const told = ['plan', 'apply'].includes(operation) ? countsText(summary) : ''
  const counts = told === '' ? [] : [[span(told)]]
  const details = summary.outcome === 'skipped' ? [] : [...counts, [trips]]
  return named(name, flow([span(`${mark} ${word}`, tone)], details, roomIn(layout), 4), layout)
}

const countsText = (summary: TargetSummary): string => {
  const { outcome, ok, changed, failed, rescued = 0, skipped, wouldChange = 0, pending = 0 } = summary
  const counts: readonly (readonly [number, string])[] = [
    [failed, 'failed'],
    [changed, 'changed'],
    [wouldChange, 'would change'],
    [pending, 'pending'],
    [rescued, 'rescued'],
    [skipped, 'skipped'],
    [ok, 'ok'],
  ]
  const told = counts.filter(([count]) => count > 0)
  if (told.length === 0) return outcome === 'ok' ? 'nothing to do' : ''
  return told.map(([count, word]) => `${count} ${word}`).join(', ')
}

const totals = (ended: readonly Ended[], { operation, elapsedMs }: SummaryEvent): Line => {
  const counts = order.flatMap((outcome) => {
    const count = ended.filter(([, summary]) => summary.outcome === outcome).length
    const { word } = lookOf(outcome, operation)
    return count === 0 ? [] : [span(`${count} ${word}`, isBad(outcome) ? 'bad' : 'plain')]
  })
  const listed = counts.flatMap((each, i) => (i === 0 ? [each] : [span(', '), each]))
  return [span(`${ended.length} targets: `, 'strong'), ...listed, faint(`  ${duration(elapsedMs)}`)]
}
