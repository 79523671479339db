import { createKernel } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { loadShipped, shippedPluginOf, shippedReports, standardPreset } from './shipped-plugins.js'
import { shippedReport, shippedReportNames } from './shipped-report.js'

describe.each([...new Set([...standardPreset, ...shippedReports.values()])])('%s', (asked) => {
  it('brings what the list says of it', async () => {
    const kernel = createKernel([{ asked, plugin: await loadShipped(asked) }])
    expect(kernel.reports.names.map((name) => shippedReports.get(name))).toEqual(kernel.reports.names.map(() => asked))
    for (const name of kernel.functions.names) expect(shippedPluginOf(name)).toBe(asked)
  })

  it('is loaded at every start only if it is more than a report', () => {
    expect(standardPreset.includes(asked)).toBe(![...shippedReports.values()].includes(asked))
  })
})

it('reports that come with Prove are found by name, and others are not', async () => {
  expect(shippedReportNames.length).toBeGreaterThan(0)
  for (const name of shippedReportNames) expect((await shippedReport(name))?.name).toBe(name)
  expect(await shippedReport('toString')).toBeUndefined()
})
