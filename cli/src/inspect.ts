import { type Catalog, Errors, explain, mergeVariables, pathText, type Target } from '@prove/catalog'
import { didYouMean, FactsNeeded, ProveError } from '@prove/core'
import type { Colors } from './console/colors.js'
import { catalogOf, compileKnown, factsMissing, type Project } from './project.js'
import { layersOf } from './layers-of.js'
import { givenVariables } from './commands/given-variables.js'
import type { VariableFlags } from './commands/options.js'
import { near, placeText } from './place-text.js'
import { wayOf } from './run/way.js'
import { shownArguments } from './shown-arguments.js'

export interface InspectCall extends VariableFlags {
  /** One of `topics`. */
  readonly what: string
  readonly target: string | undefined
  readonly explain?: true
  /** With vars: the component whose files are to see them. */
  readonly component?: string
  readonly output: string
}

/** What is told: data for programs, and the same as lines for people. */
interface Told {
  readonly data: unknown
  readonly lines: readonly string[]
}

type Topic = (ground: Ground) => Told | Promise<Told>

interface Ground {
  readonly project: Project
  readonly catalog: Catalog
  readonly call: InspectCall
  readonly colors: Colors
}

/** Tells what the catalog holds. */
export const inspect = async (
  project: Project,
  call: InspectCall,
  colors: Colors,
  print: (text: string) => void,
): Promise<number> => {
  const topic = Object.hasOwn(topics, call.what) ? topics[call.what] : undefined
  if (topic === undefined) {
    const names = Object.keys(topics)
    const hint = didYouMean(call.what, names) ?? `it is one of ${names.join(', ')}`
    throw new ProveError('PRV_USAGE', `there is nothing called "${call.what}" to inspect`, { hint })
  }
  const errors = new Errors()
  const catalog = await catalogOf(project, errors, givenVariables(call))
  errors.throwIfAny()
  const { data, lines } = await topic({ project, catalog, call, colors })
  if (call.output === 'json') print(`${JSON.stringify(data, null, 2)}\n`)
  else if (call.output === 'yaml') print((await import('js-yaml')).dump(data, { lineWidth: 120, noRefs: true }))
  else print(lines.map((line) => `${line}\n`).join(''))
  return 0
}

const targetsTopic: Topic = ({ catalog, colors }) => {
  const all = [...catalog.roster.targets.values()]
  const data = all.map(({ name, host, executor, groups, roles, declared }) => ({
    name,
    host,
    executor,
    groups: groups.map((group) => group.name),
    roles: roles.map((role) => role.name),
    place: placeText(declared.places.placeOfKey([])),
  }))
  const rows = data.map(({ name, host, executor, groups, roles }) => [
    name,
    executor === 'local' ? executor : `${executor} ${host}`,
    groups.length === 0 ? '' : `groups ${groups.join(', ')}`,
    roles.length === 0 ? '' : `roles ${roles.join(', ')}`,
  ])
  return { data, lines: table(rows, colors) }
}

const groupsTopic: Topic = ({ catalog, colors }) => {
  const { targets, groups } = catalog.roster
  const data = [...groups.values()].map(({ name, declared }) => ({
    name,
    targets: [...targets.values()]
      .filter((target) => target.groups.some((group) => group.name === name))
      .map((target) => target.name),
    places: declared.map(({ places }) => placeText(places.placeOfKey([]))),
  }))
  return {
    data,
    lines: table(
      data.map(({ name, targets: members }) => [name, members.join(', ')]),
      colors,
    ),
  }
}

const rolesTopic: Topic = ({ catalog, colors }) => {
  const { targets, roles } = catalog.roster
  const data = [...roles.values()].map(({ name, places }) => ({
    name,
    targets: [...targets.values()]
      .filter((target) => target.roles.some((role) => role.name === name))
      .map((target) => target.name),
    place: placeText(places.placeOf([])),
  }))
  return {
    data,
    lines: table(
      data.map(({ name, targets: users }) => [name, users.join(', ')]),
      colors,
    ),
  }
}

const componentsTopic: Topic = ({ catalog, colors }) => {
  const data = [...catalog.components.values()].map(({ name, folder, entry }) => ({
    name,
    folder: near(folder),
    entry,
  }))
  return {
    data,
    lines: table(
      data.map(({ name, folder, entry }) => [name, folder, entry]),
      colors,
    ),
  }
}

const varsTopic: Topic = async (ground) => {
  const { project, catalog, call, colors } = ground
  const target = targetOf(ground)
  const layers = await layersOf(project, catalog, target, call.component)
  const merged = mergeVariables(layers.map(({ data }) => data))
  if (!call.explain) {
    const rows = Object.entries(merged).map(([name, value]) => [name, JSON.stringify(value)])
    return { data: merged, lines: table(rows, colors) }
  }
  const data = explain(layers).map(({ path, value, from }) => ({
    path: pathText(path),
    value,
    from: from.map(({ path: own, kind, name, value: given, place }) => ({
      layer: name === '' ? kind : `${kind} ${name}`,
      path: pathText(own),
      value: given,
      place: placeText(place),
    })),
  }))
  const lines = data.flatMap(({ path, value, from }) => [
    `${colors.bold(path)}  ${JSON.stringify(value)}`,
    ...from.map(({ layer, path: where, value: own, place }, i) =>
      (i === 0 ? (text: string) => text : colors.dim)(
        // What was replaced as a whole, or by a map, stood elsewhere.
        `    ${i === 0 ? '=' : ' '} ${layer}  ${where === path ? '' : `${where} `}${JSON.stringify(own)}  ${place}`,
      ),
    ),
  ])
  return { data, lines }
}

const statesTopic: Topic = async (ground) => {
  const { project, catalog, colors } = ground
  const target = targetOf(ground)
  const errors = new Errors()
  const facts = project.facts.get(target.name, wayOf(target))
  const compiled = await compileKnown(catalog, target, { facts }, errors)
  errors.throwIfAny()
  if (compiled instanceof FactsNeeded) throw factsMissing(compiled)
  const data = compiled.states.map(({ id, parts, requires, place }) => ({
    id,
    place: placeText(place),
    requires,
    parts: parts.map(({ fn, args, guards, run }) => ({
      fn,
      args: shownArguments(args, project.kernel.functions.get(fn)?.args),
      guards,
      run,
    })),
  }))
  const lines = data.flatMap(({ id, place, requires, parts }) => [
    `${colors.bold(id)}  ${colors.dim(place)}${requires.length === 0 ? '' : `  requires ${requires.join(', ')}`}`,
    ...parts.map(({ fn, args }) => `    ${fn}  ${JSON.stringify(args)}`),
  ])
  return { data, lines }
}

const topics: Readonly<Record<string, Topic>> = {
  targets: targetsTopic,
  groups: groupsTopic,
  roles: rolesTopic,
  components: componentsTopic,
  vars: varsTopic,
  states: statesTopic,
}

const targetOf = ({ catalog, call }: Ground): Target => {
  const { targets } = catalog.roster
  const names = [...targets.keys()]
  // With one target there is nothing to choose.
  const name = call.target ?? (names.length === 1 ? names[0] : undefined)
  if (name === undefined) {
    throw new ProveError('PRV_USAGE', `"prove inspect ${call.what}" needs the name of a target`, {
      hint: `targets are ${names.join(', ')}`,
    })
  }
  const target = targets.get(name)
  if (target !== undefined) return target
  const hint = didYouMean(name, names) ?? `targets are ${names.join(', ')}`
  throw new ProveError('PRV_TARGET_UNKNOWN', `there is no target "${name}"`, { hint })
}

/** Columns as wide as their widest cell. */
const table = (rows: readonly (readonly string[])[], colors: Colors): readonly string[] => {
  if (rows.length === 0) return [colors.dim('none')]
  const widths = (rows[0] ?? []).map((_cell, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? colors.bold(cell.padEnd(widths[i] ?? 0)) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
