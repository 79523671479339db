import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Catalog, Errors, type Target } from '@prove/catalog'
import { coreVersion, FactsNeeded, knownErrors, messageOf } from '@prove/core'
import { shownPlace } from '../console/errors-text.js'
import { catalogOf, compileKnown, type Project } from '../project.js'
import { schemaFiles } from '../schema.js'
import { standardPreset } from '../shipped-plugins.js'
import { executorOf, wayOf } from '../run/way.js'
import { type Finding, fail, ok, plural, warn } from './finding.js'

/** What was thrown, an error a finding. */
export const failures = (about: string, thrown: unknown): readonly Finding[] => {
  const known = knownErrors(thrown)
  if (known.length === 0) return [fail(about, messageOf(thrown))]
  return known.map(({ message, place, hint }) =>
    fail(about, `${message.split('\n')[0] ?? ''}${place === undefined ? '' : ` at ${shownPlace(place)}`}`, hint),
  )
}

/** Those of Prove together, and the others with their versions; one that does not fit was refused before. */
export const pluginFindings = ({ kernel, config }: Project): readonly Finding[] => {
  const [shipped, others] = [true, false].map((isShipped) =>
    kernel.plugins.filter(({ name }) => name !== 'core' && standardPreset.includes(`@prove/${name}`) === isShipped),
  )
  const named = others?.map(({ name, core }) => {
    const version = versionOf(packageOf(name, config), config.folder)
    return ok(
      `plugin ${name}`,
      `${version === undefined ? '' : `${version}, `}for core ${core}, which is ${coreVersion}`,
    )
  })
  return [ok('plugins', `${shipped?.length ?? 0} of Prove, core ${coreVersion}`), ...(named ?? [])]
}

/** The listed package that a plugin most likely came from: "state-redis" from "prove-state-redis". */
const packageOf = (name: string, { plugins }: Project['config']): string =>
  plugins.find(
    (item): item is string =>
      typeof item === 'string' && (item === name || item.endsWith(`-${name}`) || item.endsWith(`/${name}`)),
  ) ?? name

/** Of an installed package, as seen from a folder; undefined for a plugin that is no package. */
const versionOf = (name: string, folder: string): string | undefined => {
  const places = createRequire(join(folder, 'prove.config.js')).resolve.paths(name) ?? []
  const text = places.map((path) => textOf(join(path, name, 'package.json'))).find((found) => found !== undefined)
  return text === undefined ? undefined : (JSON.parse(text) as { readonly version?: string }).version
}

/** The catalog, compiled for every target from the facts that are known, and how its targets are reached. */
export const catalogFindings = async (
  project: Project,
): Promise<{ readonly catalog: Catalog | undefined; readonly findings: readonly Finding[] }> => {
  const errors = new Errors()
  let catalog: Catalog
  try {
    catalog = await catalogOf(project, errors)
  } catch (error) {
    return { catalog: undefined, findings: failures('catalog', error) }
  }
  const targets = [...catalog.roster.targets.values()]
  let states = 0
  const unasked: string[] = []
  for (const target of targets) {
    const request = { facts: project.facts.get(target.name, wayOf(target)) }
    // oxlint-disable-next-line no-await-in-loop -- one target at a time keeps memory bounded
    const compiled = await compileKnown(catalog, target, request, errors)
    if (compiled instanceof FactsNeeded) unasked.push(target.name)
    else states += compiled.states.length
  }
  const found = errors.all(targets.length)
  const [first] = found
  const told =
    first === undefined
      ? ok('catalog', `${plural(targets.length, 'target')}, ${plural(states, 'state')}`)
      : fail(
          'catalog',
          `${plural(found.length, 'error')}, the first: ${first.message.split('\n')[0] ?? ''}`,
          'prove check',
        )
  const facts =
    unasked.length === 0
      ? []
      : [
          warn(
            'facts',
            `states depend on facts of ${plural(unasked.length, 'target')} that nobody has asked`,
            'prove facts',
          ),
        ]
  return { catalog, findings: [told, ...facts, ...(await executorFindings(project, targets))] }
}

/** One finding for each thing that is wrong, however many targets have it. */
const executorFindings = async ({ kernel }: Project, targets: readonly Target[]): Promise<readonly Finding[]> => {
  const wrong = new Map<string, { readonly error: unknown; count: number }>()
  const used = new Map<string, number>()
  for (const target of targets) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- they are all here
      const { executor } = await executorOf(kernel, target)
      used.set(executor.name, (used.get(executor.name) ?? 0) + 1)
    } catch (error) {
      const same = wrong.get(target.executor)
      if (same === undefined) wrong.set(target.executor, { error, count: 1 })
      else same.count += 1
    }
  }
  const good = [...used].map(([name, count]) => `${name} for ${plural(count, 'target')}`)
  return [
    ...(good.length === 0 ? [] : [ok('executors', good.join(', '))]),
    ...[...wrong.values()].flatMap(({ error, count }) =>
      failures(count === 1 ? 'executors' : `executors (${plural(count, 'target')})`, error),
    ),
  ]
}

/** What editors read, against what the plugins say now. */
export const schemaFindings = ({ kernel, config }: Project): readonly Finding[] => {
  if (config.file === undefined) return []
  const next = 'prove schema --write'
  const same = Object.entries(schemaFiles(kernel)).map(([name, text]) => textOf(join(config.folder, name)) === text)
  if (same.every(Boolean)) return [ok('schemas', 'as the plugins have them')]
  const isMissing = Object.keys(schemaFiles(kernel)).every((name) => textOf(join(config.folder, name)) === undefined)
  return [
    isMissing
      ? warn('schemas', 'editors have none to complete and check state files', next)
      : warn('schemas', 'editors have old ones: plugins have changed since', next),
  ]
}

const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
