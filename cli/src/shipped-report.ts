import { createKernel, ProveError, type ReportFormat } from '@prove/core'
import { loadShipped, shippedReports } from './shipped-plugins.js'

export const shippedReportNames: readonly string[] = [...shippedReports.keys()]

/**
 * A report that comes with Prove, loaded only now: no other run is to pay for it. Undefined where none has that name; throws
 * PRV_PLUGIN_NOT_FOUND where its plugin is not installed.
 */
export const shippedReport = async (name: string): Promise<ReportFormat | undefined> => {
  const asked = shippedReports.get(name)
  if (asked === undefined) return undefined
  const plugin = await loadShipped(asked)
  if (plugin === undefined) {
    throw new ProveError('PRV_PLUGIN_NOT_FOUND', `the plugin "${asked}" is not installed`, {
      hint: `run "npm install ${asked}"`,
    })
  }
  return createKernel([{ asked, plugin }]).reports.get(name)
}
