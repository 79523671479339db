import type { ProveEvent } from '@prove/core'
import type { CommandContext } from '../commands/command.js'
import type { Project } from '../project.js'
import { reportTo, type ShownRun } from '../console/report-to.js'
import { type RunOptions, runOperation } from './run-operation.js'

/** Runs an operation, tells it in the form that was asked for, and keeps it; returns the exit status. */
export const operate = async (
  project: Project,
  options: RunOptions,
  shown: ShownRun,
  terminal: Pick<CommandContext, 'print' | 'complain' | 'colors'>,
): Promise<number> => {
  const report = await reportTo(project.kernel, shown, terminal)
  const recorder = project.history.recorder()
  const tell = (event: ProveEvent): void => {
    recorder.take(event)
    report.event(event)
  }
  try {
    return await runOperation(project, options, tell)
  } finally {
    await report.end?.()
    const problem = await recorder.end()
    if (problem !== undefined) terminal.complain(`this run is not kept for "prove runs": ${problem}\n`)
  }
}
