import { didYouMean, type Kernel, ProveError } from '@prove/core'
import { shippedReport, shippedReportNames } from '../shipped-report.js'
import { type ConsoleOptions, consoleReport } from './console-report.js'
import type { RunView } from './run-view.js'

/** How a run is told. */
export interface ShownRun {
  /** `console`, `json`, or the name of a report that a plugin brings. */
  readonly output: string
  /** 0: what differs; 1: also what is as declared; 2: also every round trip. */
  readonly verbose: number
  /** Lines of a diff shown at most; undefined for no diffs, 0 for all lines. */
  readonly diffLines: number | undefined
  /** State files that were typed: a further command needs them too. */
  readonly files?: readonly string[]
}

/** Where a run is told. */
export type ReportGround = Pick<ConsoleOptions, 'print' | 'complain' | 'colors' | 'screen'>

/** The report of a run in the form that was asked for. Throws PRV_USAGE where nobody has that form. */
export const reportTo = async (
  { reports }: Pick<Kernel, 'reports'>,
  { output, verbose, diffLines, files = [] }: ShownRun,
  ground: ReportGround,
): Promise<RunView> => {
  const { print } = ground
  if (output === 'console') return consoleReport({ ...ground, verbose, diffLines, files })
  if (output === 'json') return { event: (event) => print(`${JSON.stringify(event)}\n`) }
  const format = reports.get(output) ?? (await shippedReport(output))
  if (format !== undefined) return format.begin({ print })
  const names = [...new Set(['console', 'json', ...reports.names, ...shippedReportNames])]
  const hint = didYouMean(output, names) ?? `it is ${names.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`
  throw new ProveError('PRV_USAGE', `there is no output "${output}"`, { hint })
}
