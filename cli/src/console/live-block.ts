import type { TargetPicture } from './board.js'
import { wholeSeconds } from './duration.js'
import { isFailure } from '../run/is-failure.js'
import { cut, faint, type Line, padded, span, widthOf, widthOfText } from './line.js'

/** What the live lines are made of. */
export interface LivePicture {
  readonly targets: readonly TargetPicture[]
  readonly columns: number
  readonly rows: number
  /** Milliseconds, of the clock of the targets. */
  readonly now: number
  /** What turns round. */
  readonly spin: string
}

/** Targets that have a line of their own at most, whatever the height. */
const mostLines = 10

/** The lines at the bottom: what each target does that is worked on, the longest at it first; and how far all are. */
export const liveBlock = ({ targets, columns, rows, now, spin }: LivePicture): readonly Line[] => {
  const working = targets.filter(({ phase }) => phase === 'working')
  const isMany = targets.length > 1
  const room = Math.max(1, Math.min(mostLines, Math.floor(rows / 2)) - (isMany ? 1 : 0))
  const shown = working.length <= room ? working : working.toSorted((a, b) => a.began - b.began).slice(0, room)
  const lines = table(shown, { columns, now, spin, isMany })
  // A line as wide as the terminal would make some of them begin another.
  return [...lines, ...(isMany && columns > 1 ? [countLine(targets)] : [])].map((line) => cut(line, columns - 1))
}

interface TableGround {
  readonly columns: number
  readonly now: number
  readonly spin: string
  readonly isMany: boolean
}

const table = (shown: readonly TargetPicture[], { columns, now, spin, isMany }: TableGround): readonly Line[] => {
  const widest = Math.max(0, ...shown.map(({ name }) => widthOfText(name)))
  const nameWidth = isMany ? Math.min(widest, Math.floor(columns / 3)) : 0
  const progress = shown.map(({ done, total }) => (total === 0 ? '' : `${done}/${total}`))
  const progressWidth = Math.max(0, ...progress.map((text) => text.length))
  return shown.map(({ name, doing, since }, i) => {
    const left: Line = [
      faint(`${spin} `),
      ...(nameWidth === 0 ? [] : [...padded(cut([span(name)], nameWidth), nameWidth), span('  ')]),
      ...(progressWidth === 0 ? [] : [faint(`${(progress[i] ?? '').padStart(progressWidth)}  `)]),
    ]
    const time = now - since < 1000 ? '' : `  ${wholeSeconds(now - since)}`
    const what = cut([span(doing)], Math.max(0, columns - 1 - widthOf(left) - time.length))
    return [...left, ...what, faint(time)]
  })
}

const countLine = (targets: readonly TargetPicture[]): Line => {
  const count = (phase: TargetPicture['phase']): number => targets.filter((each) => each.phase === phase).length
  const failed = targets.filter(({ outcome }) => outcome !== undefined && isFailure(outcome)).length
  const parts = [
    `${count('working')} running`,
    ...(count('waiting') === 0 ? [] : [`${count('waiting')} waiting`]),
    `${count('ended')} ended`,
  ]
  return [faint(parts.join(', ')), ...(failed === 0 ? [] : [span(` (${failed} failed)`, 'bad')])]
}
