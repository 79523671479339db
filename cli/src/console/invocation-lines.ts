import type { InvocationEvent } from '@prove/core'
import { isAsDeclared } from './as-declared.js'
import { changeItem } from './change-item.js'
import { diffText } from './diff-text.js'
import { duration } from './duration.js'
import { flow } from './flow.js'
import { type Layout, named, roomIn } from './layout.js'
import { cut, faint, type Line, padded, span, type Tone } from './line.js'
import { reasonText } from './reason-text.js'

type Outcome = InvocationEvent['outcome']

const looks: Readonly<Record<Outcome, { readonly mark: string; readonly word: string; readonly tone: Tone }>> = {
  ok: { mark: '=', word: 'ok', tone: 'faint' },
  changed: { mark: '~', word: 'changed', tone: 'good' },
  'would-change': { mark: '~', word: 'would change', tone: 'good' },
  skipped: { mark: '-', word: 'skipped', tone: 'faint' },
  failed: { mark: '!', word: 'failed', tone: 'bad' },
  rescued: { mark: '!', word: 'rescued', tone: 'open' },
  unstable: { mark: '!', word: 'unstable', tone: 'bad' },
  pending: { mark: '?', word: 'pending', tone: 'open' },
}

/** Columns of the longest word of a plan, and of a run. */
const planWidth = looks['would-change'].word.length
const runWidth = looks.unstable.word.length

/** Columns for names of states beyond which a longer one pushes its own line to the right. */
const widestState = 32

/** Milliseconds from which it is told how long a part took. */
const worthTelling = 1000

const indent = 4

/** What came, or would come, of one part; nothing where it differs in nothing and only what differs is asked for. */
export const invocationLines = (event: InvocationEvent, longestState: number, layout: Layout): readonly Line[] => {
  const { target, state, fn, outcome, confidence } = event
  const { verbose, isTerminal } = layout
  if (verbose === 0 && isAsDeclared(event)) return []
  const { mark, word, tone } = looks[outcome]
  const width = confidence === undefined ? runWidth : planWidth
  const name = padded([span(state)], Math.min(widestState, longestState))
  const head = [span(`${mark} ${word.padEnd(width)}`, tone), span('  '), ...name]
  const room = roomIn(layout)
  const reason = reasonText(event, verbose > 0)
  const first = reason.first === '' ? [] : [[span(reason.first, tone === 'faint' ? 'plain' : tone)]]
  const items = [[faint(fn)], ...changeItems(event, layout), ...first, ...qualifiers(event)]
  const found = [...reason.rest.map((text) => [faint('    | '), span(text)]), ...diffs(event, layout)]
  const fitted = isTerminal && verbose === 0 ? found.map((line) => cut(line, room)) : found
  return named(target, [...flow(head, items, room, indent), ...fitted], layout)
}

const changeItems = ({ changes }: InvocationEvent, { verbose, diffLines }: Layout): readonly Line[] =>
  changes
    .filter(({ diff }) => diff === undefined || diffLines === undefined)
    // Who notified it is told behind it.
    .filter(({ field }) => field !== 'notified')
    .map((change) => changeItem(change, verbose > 0))

const diffs = ({ changes }: InvocationEvent, { diffLines }: Layout): readonly Line[] =>
  changes.flatMap(({ field, diff }) =>
    diff === undefined || diffLines === undefined
      ? []
      : [...ofWhat(field), ...diffText(diff, diffLines)].map((line) => [span(' '.repeat(indent)), ...line]),
  )

/** Where a state changes the content of several files, each diff says of which. */
const ofWhat = (field: string): readonly Line[] => (field === 'content' ? [] : [[span(field, 'strong')]])

/** How sure it is, what made it run, and how long it took. */
const qualifiers = (event: InvocationEvent): readonly Line[] => {
  const { state, outcome, confidence, dependsOn = [], notifiedBy, notifiedSince, elapsedMs = 0 } = event
  const others = dependsOn.map((id) => (id === state ? 'its own command agrees' : id)).join(', ')
  const earlier = notifiedSince === undefined ? '' : ` in an earlier run, at ${notifiedSince}`
  return [
    ...(confidence === 'conditional' && outcome !== 'pending' ? [[span(`if ${others}`, 'open')]] : []),
    ...(notifiedBy === undefined ? [] : [[faint(`notified by ${notifiedBy.join(', ')}${earlier}`)]]),
    ...(elapsedMs < worthTelling ? [] : [[faint(duration(elapsedMs))]]),
  ]
}
