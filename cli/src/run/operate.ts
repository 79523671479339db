import type { ProveEvent } from '@prove/core'
import type { Colors } from '../console/colors.js'
import type { Project } from '../project.js'
import { reportTo, type ShownRun } from '../console/report-to.js'
import { type RunOptions, runOperation } from './run-operation.js'

/** Runs an operation and tells it in the form that was asked for; returns the exit status. */
export const operate = async (
  project: Project,
  options: RunOptions,
  shown: ShownRun,
  terminal: { readonly print: (text: string) => void; readonly colors: Colors },
): Promise<number> => {
  const report = reportTo(project.kernel, shown, terminal)
  try {
    return await runOperation(project, options, (event: ProveEvent) => report.event(event))
  } finally {
    await report.end?.()
  }
}
