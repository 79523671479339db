import { quote } from '@prove/core'
import { placeText } from '../place-text.js'
import { type Failure } from './failures.js'
import { flow, hanging } from './flow.js'
import type { Layout } from './layout.js'
import { faint, type Line, span } from './line.js'

/** Failures told at the end; all of them have been told when they happened. */
const fewFailures = 8

/** What failed, where that is written, why, and what to type next. */
export const failureLines = (failures: readonly Failure[], operation: string, layout: Layout): readonly Line[] => {
  const shown = failures.slice(0, fewFailures).flatMap((failure) => linesOf(failure, layout))
  const left = failures.length - fewFailures
  const more = left > 0 ? [[span(`! ${left} more ${left === 1 ? 'failure' : 'failures'}, told above`, 'bad')]] : []
  const isKept = operation === 'apply' && failures.some(({ state }) => state !== undefined)
  return [...shown, ...more, ...(isKept ? [next('prove show last', 'all of this run')] : [])]
}

const linesOf = (failure: Failure, layout: Layout): readonly Line[] => {
  const { state, outcome, place, reason, hint, targets } = failure
  const { width } = layout
  const where = place === undefined ? [] : [[span(placeText(place))]]
  const on = layout.nameWidth === 0 ? [] : [[span(`on ${someOf(targets)}`)]]
  const why = reason === '' ? [] : hanging([span(`    ${reason}`)], width, 4)
  const head = state === undefined ? [span(`! ${reason}`, 'bad')] : [span(`! ${outcome}  ${state}`, 'bad')]
  return [
    ...flow(head, [...where, ...on], width, 4),
    ...(state === undefined ? [] : why),
    ...(hint === undefined ? [] : hanging([span('    hint ', 'open'), span(hint)], width, 9)),
    ...nextOf(failure, layout),
  ]
}

const nextOf = ({ state, place, targets: [target = ''] }: Failure, { files }: Layout): readonly Line[] => {
  if (state === undefined || place?.file === 'command line') return []
  const words = [state, ...files].map(safely)
  return [next(`prove why ${words.join(' ')} -t ${safely(target)}`, '')]
}

/** A word for a shell; one that no shell can be given is shown as it is. */
const safely = (word: string): string => (word.includes('\0') ? word : quote(word))

const next = (command: string, about: string): Line => [
  span('    next ', 'open'),
  span(command),
  ...(about === '' ? [] : [faint(`  ${about}`)]),
]

const someOf = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
