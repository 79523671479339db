import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type InvocationEvent, knownErrors, type LedgerEntry } from '@prove/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AgentPlace, type Told } from '../agent/agent-place.js'
import { LocalGround } from '../local-session.js'
import { allCases } from './all-cases.js'
import type { GraphCase } from './graph-case.js'
import { ShellStage } from './shell-stage.js'

const titled = allCases.map((one) => [one.title, one] as const)
const environment = `over-agent-${process.pid}`
const ground = new LocalGround()
let place: AgentPlace
let address: string

/** The tree and the programs of the cases; their states come by way of the agent. */
const stage = new ShellStage((programs) => {
  place.programs = programs
  return ground.open()
})

const run = (operation: 'plan' | 'apply', { states, files = {} }: GraphCase): Promise<Told> => {
  const units = JSON.parse(JSON.stringify({ test: states, ...files }).replaceAll('{root}', stage.root)) as object
  const targets = { web1: { executor: 'agent', options: { address } } }
  return place.run(operation, targets, { units: { ...units }, environment })
}

const last = ({ lines }: Told): readonly InvocationEvent[] =>
  [...new Map(lines.map((line) => [line.sequence, line])).values()].toSorted((a, b) => a.sequence - b.sequence)

const nameOf = ({ state }: InvocationEvent): string => state.replace(/^test:/, '')

/** Events name a state as it stands in the catalog, also where a sequence runs it again. */
const asTold = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/#\d+/, ''))

const ranOf = (told: Told): readonly string[] => last(told).map((line) => `${nameOf(line)} ${line.outcome}`)

const plannedOf = (told: Told): readonly string[] =>
  last(told).map((line) => `${nameOf(line)} ${line.outcome} ${line.confidence ?? ''}`)

const ledger = (): readonly string[] => {
  const folder = place.at('web1', 'var', 'ledger')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

const waiting = (): readonly LedgerEntry[] =>
  ledger()
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as LedgerEntry)
    .filter((entry) => entry.environment === environment)

const check = async (one: GraphCase): Promise<void> => {
  stage.build(one)
  if (one.planned !== undefined) {
    const before = stage.snapshot()
    expect(plannedOf(await run('plan', one))).toEqual(asTold(one.planned))
    expect(stage.snapshot(), 'a plan writes nothing').toBe(before)
  }
  expect(ranOf(await run('apply', one))).toEqual(asTold(one.ran ?? []))
  if (one.did !== undefined) expect(stage.log()).toEqual(one.did)
  expect(waiting(), 'what waits for the next run').toHaveLength(one.waiting ?? 0)
  if (one.again !== undefined) expect(ranOf(await run('apply', one)), 'the second run').toEqual(asTold(one.again))
}

describe('over an agent', () => {
  beforeAll(async () => {
    place = new AgentPlace()
    await stage.open()
    address = (await place.agent('web1')).address
  })
  afterEach(() => {
    for (const file of ledger()) rmSync(file)
  })
  afterAll(async () => {
    await stage.close()
    await place.close()
  })

  it.each(titled)('%s', async (_title, one) => {
    if (one.error === undefined) return check(one)
    const refused = await run('plan', one).catch((error: unknown) => knownErrors(error).map(({ code }) => code))
    expect([...new Set(refused as readonly string[])]).toEqual([one.error])
  })
})
