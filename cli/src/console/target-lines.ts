import type { ErrorEvent, TargetEvent } from '@prove/core'
import { placeText } from '../place-text.js'
import { hanging } from './flow.js'
import { type Layout, named, roomIn } from './layout.js'
import { faint, type Line, span, type Tone } from './line.js'
import { resultLines } from './result-lines.js'

/** What is told of a target as a whole. `waitsFor`: what it does, as far as that is known. */
export const targetLines = (event: TargetEvent, waitsFor: string, layout: Layout): readonly Line[] => {
  const { target, error, result, entry } = event
  const room = roomIn(layout)
  switch (event.event) {
    case 'error':
      return error === undefined ? [] : named(target, errorLines(error, room), layout)
    case 'warning':
      return error === undefined ? [] : named(target, errorLines(error, room, 'open'), layout)
    case 'strayed': {
      const what = `${entry?.state}: notified by ${entry?.by} at ${entry?.since}, but not among the states of this run`
      const next = `prove status ${target} --dismiss ${entry?.state}`
      return named(
        target,
        [...hanging([span('? pending', 'open'), span(`  ${what}`)], room, 4), [...hintHead, span(next)]],
        layout,
      )
    }
    case 'interrupted':
      return named(target, [[span(`? interrupted: waiting for ${waitsFor} to end`, 'open')]], layout)
    case 'killed':
      return named(target, [[span('! killing the running step', 'bad')]], layout)
    case 'answered':
      return resultLines(target, result ?? {}, layout)
    default:
      return []
  }
}

const errorLines = ({ message, code, place, hint }: ErrorEvent, room: number, tone: Tone = 'bad'): readonly Line[] => {
  const [first = '', ...rest] = message.split('\n')
  return [
    ...hanging([span(`${tone === 'bad' ? '!' : '?'} ${first}`, tone), faint(`  ${code}`)], room, 4),
    ...rest.map((text) => [faint('    | '), span(text)]),
    ...(place === undefined ? [] : [[span(`    ${placeText(place)}`)]]),
    ...(hint === undefined ? [] : hanging([...hintHead, span(hint)], room, 9)),
  ]
}

const hintHead: Line = [span('    hint ', 'open')]
