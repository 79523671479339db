import { basename, extname, join } from 'node:path'
import { didYouMean, knownErrors, type Place, type ProveConfig, type RenderContext, type Scope } from '@prove/core'
import type { Component } from './components.js'
import type { Diagnostics } from './diagnostics.js'
import { type FileLoader, startOf } from './file-loader.js'
import { namesIn } from './folders.js'
import { type Places, placesUnder } from './places.js'
import { notPlain } from './plain-data.js'
import type { Roster, Target } from './targets.js'
import { checkedLayer, type Layer, type LayerKind, mergeVariables } from './variables.js'

/** Files below `variables/`, by what they are for. */
export interface VariablesFiles {
  readonly global: readonly string[]
  readonly group: ReadonlyMap<string, readonly string[]>
  readonly target: ReadonlyMap<string, readonly string[]>
}

/** Finds them, and tells those that are for nobody. */
export const variablesFiles = (
  folder: string,
  files: FileLoader,
  roster: Roster,
  diagnostics: Diagnostics,
): VariablesFiles => {
  const names = (inside: string): readonly string[] =>
    namesIn(join(folder, 'variables', inside), 'PRV_VARIABLES_SHAPE', diagnostics)
  const top = names('.')
  const list = (inside: string): readonly string[] => {
    // Where the folder itself cannot be read, that is told once.
    const found = inside === '.' ? top : top.includes(inside) ? names(inside) : []
    return found
      .filter((name) => files.extensions.includes(extname(name)))
      .map((name) => join(folder, 'variables', inside, name))
  }
  const byName = (inside: string, kind: 'group' | 'target', known: ReadonlyMap<string, unknown>) => {
    const found = new Map<string, readonly string[]>()
    for (const file of list(inside)) {
      const name = basename(file, extname(file))
      // One name may have several files, of different extensions.
      found.set(name, [...(found.get(name) ?? []), file])
      if (known.has(name)) continue
      const code = kind === 'group' ? 'PRV_GROUP_UNKNOWN' : 'PRV_TARGET_UNKNOWN'
      const hint = didYouMean(name, [...known.keys()]) ?? `rename the file after a ${kind}, or remove it`
      diagnostics.add(code, `there is no ${kind} "${name}"`, { place: startOf(file), hint })
    }
    return found
  }
  return {
    global: list('.'),
    group: byName('groups', 'group', roster.groups),
    target: byName('targets', 'target', roster.targets),
  }
}

/** Variables of the command line: those of files, absolute paths, and the stronger ones that were typed. */
export interface GivenVariables {
  readonly files: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

export interface VariablesGround {
  readonly config: ProveConfig
  readonly places: Places
  readonly files: FileLoader
  readonly found: VariablesFiles
  readonly facts: Scope['facts']
  readonly given: GivenVariables
  readonly diagnostics: Diagnostics
}

/** The variables of one target. Each file sees those of the layers below it. */
export class TargetVariables {
  readonly #scope: Omit<Scope, 'variables'>
  #base: Promise<readonly Layer[]> | undefined
  readonly #contexts = new Map<Component | undefined, Promise<RenderContext>>()

  constructor(
    private readonly target: Target,
    private readonly ground: VariablesGround,
  ) {
    const { name, host, groups, roles } = target
    this.#scope = {
      target: { name, host, groups: groups.map((group) => group.name), roles: roles.map((role) => role.name) },
      facts: ground.facts,
      with: {},
    }
  }

  /** What files of a component see, or those of the catalog itself. */
  contextOf(component: Component | undefined): Promise<RenderContext> {
    const known = this.#contexts.get(component) ?? this.#contextOf(component)
    this.#contexts.set(component, known)
    return known
  }

  async #contextOf(component: Component | undefined): Promise<RenderContext> {
    const layers = await this.layersOf(component)
    return this.#contextWith(layers, component)
  }

  #contextWith(layers: readonly Layer[], component?: Component): RenderContext {
    const { folder } = this.ground.config
    const roots = [...(component === undefined ? [] : [component.folder]), folder]
    return {
      scope: { ...this.#scope, variables: mergeVariables(layers.map(({ data }) => data)) },
      templateFolders: roots.map((root) => join(root, 'templates')),
    }
  }

  /** All layers that files of a component see, the weakest first. */
  async layersOf(component: Component | undefined): Promise<readonly Layer[]> {
    this.#base ??= this.#baseLayers()
    const base = await this.#base
    if (component === undefined) return base
    const file = this.ground.files.find(join(component.folder, 'variables'))
    const own = file === undefined ? undefined : await this.#fromFile(file, 'component', component.name, [])
    return own === undefined ? base : [own, ...base]
  }

  async #baseLayers(): Promise<readonly Layer[]> {
    const { config, places, found, given } = this.ground
    const layers: Layer[] = []
    const add = (layer: Layer | undefined): void => {
      if (layer !== undefined) layers.push(layer)
    }
    const addFiles = async (from: readonly string[] | undefined, kind: LayerKind, name = ''): Promise<void> => {
      for (const file of from ?? []) add(await this.#fromFile(file, kind, name, layers))
    }
    const addMap = (data: unknown, kind: LayerKind, name: string, inside: Places): void =>
      add(this.#fromMap({ kind, name, data, places: placesUnder(inside, ['variables']) }))
    addMap(config.variables, 'global', '', places)
    await addFiles(found.global, 'global')
    for (const { name, declared } of this.target.groups) {
      for (const each of declared) addMap(each.input.variables, 'group', name, each.places)
      await addFiles(found.group.get(name), 'group', name)
    }
    for (const role of this.target.roles) addMap(role.input.variables, 'role', role.name, role.places)
    addMap(this.target.declared.input.variables, 'target', this.target.name, this.target.declared.places)
    await addFiles(found.target.get(this.target.name), 'target', this.target.name)
    const line: Place = { file: 'command line', line: 1, column: 1 }
    await addFiles(given.files, 'command line')
    addMap(given.values, 'command line', '', { placeOf: () => line, placeOfKey: () => line })
    return layers
  }

  /** A map of the configuration, which may be code. */
  #fromMap(layer: Parameters<typeof checkedLayer>[0]): Layer | undefined {
    const wrong = notPlain(layer.data)
    if (wrong === undefined) return checkedLayer(layer, this.ground.diagnostics)
    this.ground.diagnostics.add('PRV_VARIABLES_SHAPE', `the variable "${wrong.path.join('.')}" ${wrong.problem}`, {
      place: layer.places.placeOfKey(wrong.path),
      hint: 'give plain texts, numbers, lists and maps',
    })
    return undefined
  }

  async #fromFile(file: string, kind: LayerKind, name: string, below: readonly Layer[]): Promise<Layer | undefined> {
    const { files, diagnostics } = this.ground
    try {
      const loaded = await files.load(file, this.#contextWith(below))
      return checkedLayer({ kind, name, data: loaded.data, places: loaded }, diagnostics)
    } catch (error) {
      if (knownErrors(error).length === 0) throw error
      for (const each of knownErrors(error)) diagnostics.take(each)
      return undefined
    }
  }
}
