import { type ProveEvent, recordOf } from '@prove/core'
import type { Colors } from '../console/colors.js'
import { reportTo } from '../console/report-to.js'
import type { Project } from '../project.js'
import { keptTargets } from './kept-targets.js'
import { runText } from './run-text.js'

export interface ShowCall {
  /** An id, a part of one, or `last`. */
  readonly asked: string
  /** Expressions over the names of targets; all of them when empty. */
  readonly targets: readonly string[]
  /** `console`, or the name of a report. */
  readonly output: string
  readonly diff: boolean
  readonly verbose: boolean
}

/** Tells a kept run: as text of its own, or by playing its events to a report. */
export const showRun = async (
  { history, kernel }: Pick<Project, 'history' | 'kernel'>,
  { asked, targets, output, diff, verbose }: ShowCall,
  { colors, print }: { readonly colors: Colors; readonly print: (text: string) => void },
): Promise<number> => {
  const { kept, events } = history.find(asked)
  const wanted = keptTargets(kept?.run.targets ?? [], targets)
  const shown = targets.length === 0 ? events : events.flatMap((event) => about(event, wanted))
  if (output === 'console') {
    print(runText(recordOf(shown), { colors, diff, verbose, isRunning: kept?.isRunning === true }))
    return 0
  }
  const report = await reportTo(kernel, { output, verbose: 0, diffLines: undefined }, { colors, print })
  for (const event of shown) report.event(event)
  await report.end?.()
  return 0
}

/** What an event tells of some targets; nothing where it is about others. */
const about = (event: ProveEvent, wanted: ReadonlySet<string>): readonly ProveEvent[] => {
  if (event.type === 'run') return [{ ...event, targets: event.targets.filter((name) => wanted.has(name)) }]
  if (event.type === 'summary') {
    const targets = Object.entries(event.targets).filter(([name]) => wanted.has(name))
    return [{ ...event, targets: Object.fromEntries(targets) }]
  }
  return event.type === 'error' || wanted.has(event.target) ? [event] : []
}
