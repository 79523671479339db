import { createKernel } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { shippedPlugins, standardPreset } from './shipped-plugins.js'
import { shippedReport, shippedReportNames } from './shipped-report.js'

describe.each(Object.entries(shippedPlugins))('%s', (asked, shipped) => {
  const { reports, functions } = shipped

  it('brings what the list says of it', async () => {
    const kernel = createKernel([{ asked, plugin: (await shipped.load()).default }])
    expect(kernel.reports.names).toEqual(reports ?? [])
    for (const name of kernel.functions.names) expect(functions.some((prefix) => name.startsWith(prefix))).toBe(true)
  })

  it('is loaded at every start only if it is more than a report', () => {
    expect(standardPreset.includes(asked)).toBe(reports === undefined)
  })
})

it('reports that come with Prove are found by name, and others are not', async () => {
  expect(shippedReportNames.length).toBeGreaterThan(0)
  for (const name of shippedReportNames) expect((await shippedReport(name))?.name).toBe(name)
  expect(await shippedReport('toString')).toBeUndefined()
})
