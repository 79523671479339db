import type { ProveEvent, TargetEvent } from '@prove/core'
import type { Board, TargetPicture } from './board.js'
import { duration } from './duration.js'
import { flow } from './flow.js'
import { invocationLines } from './invocation-lines.js'
import { type Layout, named, roomIn } from './layout.js'
import { faint, type Line, span } from './line.js'
import { summaryLines } from './summary-lines.js'
import { isBad, lookOf } from './target-looks.js'
import { targetLines } from './target-lines.js'
import { tripLines } from './trip-line.js'

/** What is told for good of an event. */
export const eventLines = (event: ProveEvent, board: Board, layout: Layout): readonly Line[] => {
  switch (event.type) {
    case 'invocation':
      return invocationLines(event, board.longestState(event.target), layout)
    case 'target':
      if (event.event === 'ended') return endedLines(event, board, layout)
      return targetLines(event, board.get(event.target)?.doing ?? '', layout)
    case 'trip':
      return layout.verbose >= 2 ? tripLines(event, layout) : []
    case 'summary':
      return summaryLines(event, board, layout)
    default:
      return []
  }
}

/** Names of states that a line tells. */
const fewStates = 4

/** Of a plan, in one line: what stays as declared, though not for sure. */
const staysLines = (target: string, { stays }: TargetPicture, layout: Layout): readonly Line[] => {
  const { count, dependsOn } = stays
  if (count === 0 || layout.verbose > 0) return []
  const ids = [...dependsOn]
  const left = ids.length - fewStates
  const some = left > 0 ? `${ids.slice(0, fewStates).join(', ')} and ${left} more` : ids.join(', ')
  const items = [[span(`if ${some}`, 'open')], [faint('-v lists them')]]
  return named(target, flow([faint(`= ${count} ok`)], items, roomIn(layout), 4), layout)
}

/** That a target has left the live lines, where its lines stand among those of others. One that is as declared is counted. */
const endedLines = ({ target, outcome = 'ok' }: TargetEvent, board: Board, layout: Layout): readonly Line[] => {
  const picture = board.get(target)
  if (picture === undefined) return []
  const stays = staysLines(target, picture, layout)
  // A plan tells all of a target at once: its lines say it already.
  const isTold = board.operation === 'apply' ? outcome !== 'ok' || layout.verbose > 0 : isBad(outcome)
  if (!isTold || !layout.isTerminal || layout.nameWidth === 0) return stays
  const { mark, word, tone } = lookOf(outcome, board.operation)
  const took = duration(performance.now() - picture.began)
  return [...stays, ...named(target, [[span(`${mark} ${word}`, tone), faint(`  ended after ${took}`)]], layout)]
}
