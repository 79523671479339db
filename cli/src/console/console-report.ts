import type { ProveEvent } from '@prove/core'
import { Board } from './board.js'
import type { Colors } from './colors.js'
import { eventLines } from './event-lines.js'
import { type Layout, nameWidthFor } from './layout.js'
import { type Line, painted, span } from './line.js'
import { liveReport } from './live-report.js'
import type { RunView } from './run-view.js'
import { columnsOf, type Screen } from './screen.js'

export interface ConsoleOptions extends Pick<Layout, 'verbose' | 'diffLines' | 'files'> {
  readonly colors: Colors
  readonly print: (text: string) => void
  /** Where a person is told of Ctrl-C when standard output goes elsewhere. */
  readonly complain?: ((text: string) => void) | undefined
  /** Undefined where standard output is no terminal. */
  readonly screen?: Screen | undefined
}

/** Whole lines for people; on a terminal with a live line for each target below them. */
export const consoleReport = (options: ConsoleOptions): RunView => {
  const { screen, print, colors } = options
  const board = new Board(() => performance.now())
  let targets: readonly string[] = []
  const textOf = (lines: readonly Line[]): string => lines.map((line) => `${painted(line, colors)}\n`).join('')
  const layout = (): Layout => ({
    ...options,
    width: columnsOf(screen),
    isTerminal: screen !== undefined,
    nameWidth: nameWidthFor(targets, screen !== undefined),
  })
  /** What an event adds to what stays. */
  const told = (event: ProveEvent): string => {
    if (event.type === 'run') targets = event.targets
    board.take(event)
    return textOf(eventLines(event, board, layout()))
  }
  const ctrlC = (): string => textOf([[span(canKill.includes(board.operation) ? killable : unkillable, 'open')]])
  if (screen?.isLive === true) return liveReport({ screen, board, told, colors, ctrlC })
  const complain = screen === undefined ? options.complain : print
  return {
    event: (event) => {
      const text = told(event)
      if (text !== '') print(text)
    },
    begin: (target) => board.begin(target),
    interrupt: () => complain?.(ctrlC()),
  }
}

/** Operations that let a second Ctrl-C kill what runs on the targets. */
const canKill: readonly string[] = ['apply', 'cmd']
const killable = '? Ctrl-C: waiting for what runs to end; again kills it, a third ends Prove'
const unkillable = '? Ctrl-C: ending; nothing was changed'
