import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { Errors, openCatalog } from '@prove/catalog'
import { createKernel, errorTable, FactsNeeded, knownErrors, loadConfig, type ProveError } from '@prove/core'
import executorLocal from '@prove/executor-local'
import factsHost from '@prove/facts-host'
import inventoryAnsible from '@prove/inventory-ansible'
import loaderJson from '@prove/loader-json'
import loaderNunjucks from '@prove/loader-nunjucks'
import loaderTs from '@prove/loader-ts'
import loaderYaml from '@prove/loader-yaml'
import metaCore from '@prove/meta-core'
import stateCmd from '@prove/state-cmd'
import stateFile from '@prove/state-file'
import { afterAll, expect, it } from 'vitest'
import { mutated, mutation } from './mutate.js'
import { seeds } from './seeds.js'

/** The issue's own figure is 50,000; the default keeps a whole test run short. */
const runs = Number(process.env['PROVE_FUZZ_RUNS'] ?? 1000)
const seed = Number(process.env['PROVE_FUZZ_SEED'] ?? 20261124)

const root = mkdtempSync(join(tmpdir(), 'prove-fuzz-'))
const figures = { catalogs: 0, refused: 0, compiled: 0, codes: new Map<string, number>() }
const kernel = createKernel(
  [
    executorLocal,
    factsHost,
    inventoryAnsible,
    loaderJson,
    loaderNunjucks,
    loaderTs,
    loaderYaml,
    metaCore,
    stateCmd,
    stateFile,
  ].map((plugin) => ({ asked: plugin.name, plugin })),
)

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
  const codes = Object.fromEntries([...figures.codes].toSorted(([, a], [, b]) => b - a))
  console.log(`fuzz: ${JSON.stringify({ ...figures, codes })}`)
})

type Files = Readonly<Record<string, string>>

const write = (folder: string, files: Files): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Everything that is told of a catalog. Throws what is no known error. */
const errorsOf = async (folder: string): Promise<readonly ProveError[]> => {
  const errors = new Errors()
  try {
    const catalog = await openCatalog(kernel, { config: await loadConfig(folder), hintFor: () => undefined }, errors)
    for (const target of catalog.roster.targets.values()) {
      await catalog.compile(target, { facts: { os: 'debian' } }, errors).catch((error: unknown) => {
        if (!(error instanceof FactsNeeded)) throw error
      })
    }
  } catch (error) {
    if (knownErrors(error).length === 0) throw error
    return knownErrors(error)
  }
  return errors.all()
}

const examine = async (files: Files): Promise<void> => {
  const folder = join(root, String(figures.catalogs))
  write(folder, files)
  const errors = await errorsOf(folder)
  for (const { code, message, place } of errors) {
    expect(errorTable).toHaveProperty(code)
    expect(message).not.toBe('')
    figures.codes.set(code, (figures.codes.get(code) ?? 0) + 1)
    if (place === undefined || !place.file.startsWith(folder)) continue
    const lines = readFileSync(place.file, 'utf8').split(/\r\n|\r|\n/)
    expect(place.line, `${code} ${message} ${JSON.stringify(place)}`).toBeLessThanOrEqual(lines.length)
    expect(place.column).toBeGreaterThan(0)
    const { length } = (lines[place.line - 1] ?? '').replace(/^\uFEFF/, '')
    if (code === 'PRV_LATE_INVALID') expect(place.column, message).toBeLessThanOrEqual(length + 1)
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  figures.catalogs += 1
  if (errors.length === 0) figures.compiled += 1
  else figures.refused += 1
  rmSync(folder, { recursive: true, force: true })
}

it('starts from catalogs that are right', async () => {
  for (const [i, files] of seeds.entries()) {
    const folder = join(root, `seed-${i}`)
    write(folder, files)
    expect((await errorsOf(folder)).map(({ message, place }) => [message, place])).toEqual([])
  }
})

it(`any catalog compiles, or is refused by known errors (${runs} mutated catalogs, seed ${seed})`, async () => {
  const mutations = fc.tuple(fc.noBias(fc.nat(seeds.length - 1)), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  await fc.assert(
    fc.asyncProperty(mutations, ([which, changes]) => examine(changes.reduce(mutated, seeds[which] ?? {}))),
    { numRuns: runs, seed, endOnFailure: process.env['PROVE_FUZZ_SHRINK'] === undefined },
  )
}, 3_600_000)
