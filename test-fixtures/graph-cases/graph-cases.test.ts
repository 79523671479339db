import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemPath } from '../find-program.js'
import { LocalGround } from '../local-session.js'
import { allCases } from './all-cases.js'
import { MemoryStage } from './memory-stage.js'
import { CaseRunner } from './run-case.js'
import { ShellStage } from './shell-stage.js'

const titled = allCases.map((one) => [one.title, one] as const)
const ground = new LocalGround()
const environment = `graph-cases-${process.pid}`
const memory = new MemoryStage(ground)
const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
)
const shell = new ShellStage((programs) =>
  ground.open({ env: { ...env, PATH: `${programs}:${systemPath().join(':')}` } }),
)
const inMemory = new CaseRunner(ground, memory, environment)
const onShell = new CaseRunner(ground, shell, environment)

describe('in memory', () => {
  it.each(titled)('%s', (_title, one) => inMemory.check(one))

  it.each(titled)('%s: the same with nothing sent ahead', async (_title, one) => {
    expect(await inMemory.outcome(one, true)).toEqual(await inMemory.outcome(one, false))
  })
})

describe('on a real shell', () => {
  beforeAll(() => shell.open())
  afterEach(() => shell.forget(environment))
  afterAll(() => shell.close())

  it.each(titled)('%s', async (_title, one) => {
    await onShell.check(one)
    if (one.error !== undefined) return
    await inMemory.check(one)
    expect(shell.log(), 'the same commands as in memory, in the same order').toEqual(memory.log())
  })
})

it('has cases with titles of their own', () => {
  const titles = allCases.map(({ title }) => title)
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([])
  expect(titles.length).toBeGreaterThanOrEqual(130)
})
