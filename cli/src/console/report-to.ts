import { didYouMean, type Kernel, ProveError, type Report } from '@prove/core'
import { shippedReport, shippedReportNames } from '../shipped-report.js'
import type { Colors } from './colors.js'
import { consoleReport } from './console-report.js'

/** How a run is told. */
export interface ShownRun {
  /** `console`, `json`, or the name of a report that a plugin brings. */
  readonly output: string
  /** 0: what differs; 1: also what is as declared; 2: also every round trip. */
  readonly verbose: number
  /** Lines of a diff shown at most; undefined for no diffs. */
  readonly diffLines: number | undefined
}

/** The report of a run in the form that was asked for. Throws PRV_USAGE where nobody has that form. */
export const reportTo = async (
  { reports }: Pick<Kernel, 'reports'>,
  { output, verbose, diffLines }: ShownRun,
  { print, colors }: { readonly print: (text: string) => void; readonly colors: Colors },
): Promise<Report> => {
  if (output === 'console') return consoleReport({ colors, verbose, diffLines, print })
  if (output === 'json') return { event: (event) => print(`${JSON.stringify(event)}\n`) }
  const format = reports.get(output) ?? (await shippedReport(output))
  if (format !== undefined) return format.begin({ print })
  const names = [...new Set(['console', 'json', ...reports.names, ...shippedReportNames])]
  const hint = didYouMean(output, names) ?? `it is ${names.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`
  throw new ProveError('PRV_USAGE', `there is no output "${output}"`, { hint })
}
