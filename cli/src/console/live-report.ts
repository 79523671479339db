import type { ProveEvent } from '@prove/core'
import type { Board } from './board.js'
import type { Colors } from './colors.js'
import { painted, widthOf } from './line.js'
import { liveBlock } from './live-block.js'
import { LiveRegion } from './live-region.js'
import type { RunView } from './run-view.js'
import type { Screen } from './screen.js'

interface LiveGround {
  readonly screen: Screen
  readonly board: Board
  /** Takes an event to the board; returns the lines that stay of it. */
  readonly told: (event: ProveEvent) => string
  readonly colors: Colors
  /** What is said at the first Ctrl-C. */
  readonly ctrlC: () => string
}

/** Milliseconds between two pictures. */
const frameMs = 125

/** Tells a run on a terminal: what stays scrolls by above lines that show what goes on now. */
export const liveReport = ({ screen, board, told, colors, ctrlC }: LiveGround): RunView => {
  const region = new LiveRegion(screen)
  let waiting = ''
  let frame = 0
  let holds = 0
  let stop: (() => void) | undefined
  const flush = (block: Parameters<LiveRegion['draw']>[1]): void => {
    region.draw(waiting, block)
    waiting = ''
  }
  const draw = (): void => {
    if (holds > 0) return
    const spin = screen.spinner[frame++ % screen.spinner.length] ?? ''
    const { columns, rows } = screen
    const lines = liveBlock({ targets: board.targets, columns, rows, now: performance.now(), spin })
    flush(lines.map((line) => ({ text: painted(line, colors), width: widthOf(line) })))
  }
  const end = (): void => {
    stop?.()
    stop = undefined
    holds = 0
    flush([])
  }
  const begin = (): void => {
    const timer = setInterval(draw, frameMs)
    timer.unref()
    const whenStopped = suspension(() => flush([]), draw)
    const offResize = screen.onResize(draw)
    process.on('exit', end)
    // What ends Prove is told below what stays, not over what is drawn.
    process.on('uncaughtExceptionMonitor', end)
    stop = () => {
      clearInterval(timer)
      whenStopped()
      offResize()
      process.off('exit', end)
      process.off('uncaughtExceptionMonitor', end)
    }
    draw()
  }
  return {
    event: (event) => {
      waiting += told(event)
      if (event.type === 'run' && stop === undefined) begin()
      else if (event.type === 'summary' || stop === undefined) end()
    },
    begin: (target) => board.begin(target),
    interrupt: () => {
      waiting += ctrlC()
      draw()
    },
    hold: () => {
      flush([])
      holds += 1
      return () => {
        holds = Math.max(0, holds - 1)
      }
    },
    end,
  }
}

/** Ctrl-Z: the terminal is left in order, and drawn on again when the run is. Returns what ends the watch. */
const suspension = (leave: () => void, comeBack: () => void): (() => void) => {
  const onStop = (): void => {
    leave()
    process.kill(process.pid, 'SIGSTOP')
  }
  process.on('SIGTSTP', onStop)
  process.on('SIGCONT', comeBack)
  return () => {
    process.off('SIGTSTP', onStop)
    process.off('SIGCONT', comeBack)
  }
}
