import { createKernel } from '@prove/core'
import { describe, expect, it } from 'vitest'
import { bringsOf, loadShipped, shippedPluginOf, shippedReports, standardPreset } from './shipped-plugins.js'
import { shippedReport, shippedReportNames } from './shipped-report.js'

describe.each([...new Set([...standardPreset, ...shippedReports.values()])])('%s', (asked) => {
  it('brings what the list says of it', async () => {
    const kernel = createKernel([{ asked, plugin: await loadShipped(asked) }])
    expect(kernel.reports.names.map((name) => shippedReports.get(name))).toEqual(kernel.reports.names.map(() => asked))
    for (const name of [...kernel.functions.names, ...kernel.metas.names]) expect(shippedPluginOf(name)).toBe(asked)
  })

  it('can wait for what the list says of it, and for nothing else', async () => {
    const brings = bringsOf(asked)
    if (brings === undefined) return
    const kernel = createKernel([{ asked, brings, load: () => loadShipped(asked) }])
    const core = createKernel([])
    await kernel.bring()
    const { executors, inventories, transports, hooks, ...others } = kernel
    for (const name of executors.names) expect(brings.executors).toContain(name)
    for (const name of inventories.names) expect(brings.inventories).toContain(name)
    for (const name of transports.names) expect(brings.transports).toContain(name)
    for (const list of ['loaders', 'renderers', 'factSources', 'operations', 'reports'] as const) {
      expect(others[list].names, list).toEqual(core[list].names)
    }
    for (const [moment, hook] of Object.entries(hooks)) expect(hook.taps, moment).toEqual([])
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
