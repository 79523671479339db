import { createKernel, type ReportFormat } from '@prove/core'
import { shippedPlugins } from './shipped-plugins.js'

const shippedReports: ReadonlyMap<string, string> = new Map(
  Object.entries(shippedPlugins).flatMap(([plugin, { reports = [] }]) => reports.map((name) => [name, plugin])),
)

export const shippedReportNames: readonly string[] = [...shippedReports.keys()]

/** A report that comes with Prove, loaded only now: no other run is to pay for it. Undefined where none has that name. */
export const shippedReport = async (name: string): Promise<ReportFormat | undefined> => {
  const asked = shippedReports.get(name)
  const shipped = asked === undefined ? undefined : shippedPlugins[asked]
  if (asked === undefined || shipped === undefined) return undefined
  return createKernel([{ asked, plugin: (await shipped.load()).default }]).reports.get(name)
}
