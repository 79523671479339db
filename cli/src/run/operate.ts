import { knownErrors } from '@prove/core'
import { catalogErrorEvent } from '../console/error-line.js'
import type { Project } from '../project.js'
import { type ReportGround, reportTo, type ShownRun } from '../console/report-to.js'
import { type RunOptions, runOperation } from './run-operation.js'

/** Runs an operation, tells it in the form that was asked for, and keeps it; returns the exit status. */
export const operate = async (
  project: Project,
  options: RunOptions,
  shown: ShownRun,
  ground: ReportGround,
): Promise<number> => {
  const report = await reportTo(project.kernel, shown, ground)
  const recorder = project.history.recorder()
  try {
    return await runOperation(project, options, report, recorder)
  } catch (error) {
    // Whoever runs the program tells what ended it, also as JSON; a document of another form must hold it.
    if (shown.output !== 'json') for (const each of knownErrors(error)) report.event(catalogErrorEvent(each))
    throw error
  } finally {
    await report.end?.()
    const problem = await recorder.end()
    if (problem !== undefined) ground.complain?.(`this run is not kept for "prove runs": ${problem}\n`)
  }
}
