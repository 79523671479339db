import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import {
  type CompiledPart,
  type CompiledState,
  FactsNeeded,
  type Kernel,
  type Loaded,
  type ProveConfig,
} from '@prove/core'
import { MasterBlobStore } from './blob-store.js'
import { type Compilation, compile } from './compile.js'
import { type Component, readComponents } from './components.js'
import { Errors } from './diagnostics.js'
import { viewFacts } from './facts-view.js'
import { FileLoader } from './file-loader.js'
import type { SitedInclusion, WrittenPart } from './parse-states.js'
import { noScope } from './no-scope.js'
import { type Places, placesInText, placesUnder } from './places.js'
import { Sources } from './sources.js'
import { readRoster, type Roster, type Target } from './targets.js'
import { type GivenVariables, TargetVariables, type VariablesFiles, variablesFiles } from './target-variables.js'
import { ParsedFiles, type Unit, UnitCollector } from './units.js'

export interface CatalogOptions {
  readonly config: ProveConfig
  /** What to do to get a function that a shipped plugin has and the configuration does not list. */
  readonly hintFor: (fn: string) => string | undefined
  /** Variables of the command line. */
  readonly given?: GivenVariables
}

export interface CompileRequest {
  /** State files by path, absolute, in place of what the catalog gives the target. */
  readonly files?: readonly string[]
  /** States that were typed, in place of any file. */
  readonly typed?: Loaded
  /** Facts by name, as far as they are known; undefined where the target was never asked. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined
}

/** What one target is to be. */
export interface CompiledTarget {
  readonly states: readonly CompiledState[]
  /** The facts that the states depend on, with the values they were compiled for. */
  readonly used: ReadonlyMap<string, unknown>
}

/**
 * What the master knows: targets with their groups, roles and variables, components, and state files, which it compiles for
 * one target at a time.
 */
export class Catalog {
  readonly blobs = new MasterBlobStore()
  readonly #parsed = new ParsedFiles()
  readonly #shared = new WeakMap<WrittenPart, CompiledPart>()
  readonly #sources: Sources

  constructor(
    private readonly kernel: Kernel,
    private readonly options: CatalogOptions,
    private readonly files: FileLoader,
    private readonly places: Places,
    readonly roster: Roster,
    readonly components: ReadonlyMap<string, Component>,
    private readonly variables: VariablesFiles,
  ) {
    this.#sources = new Sources(options.config.folder, this.blobs, kernel.renderers)
  }

  /** Every name that a fact may have. */
  get factNames(): ReadonlySet<string> {
    return this.kernel.factNames
  }

  /**
   * Compiles the states of one target. Errors are added to the others; FactsNeeded is thrown where there are none and a
   * file asks for a fact that the request does not have.
   */
  async compile(target: Target, request: CompileRequest, errors: Errors): Promise<CompiledTarget> {
    const before = errors.size
    errors.concerning(target.name)
    const view = viewFacts(this.factNames, request.facts)
    const own = this.variablesOf(target, view.facts, errors)
    const collector = new UnitCollector({
      folder: this.options.config.folder,
      configFile: this.options.config.file,
      files: this.files,
      components: this.components,
      parsed: this.#parsed,
      contextOf: (component) => own.contextOf(component),
      diagnostics: errors,
    })
    const needed = new Set<string>()
    try {
      // Also where no state uses them: what is wrong with them is told.
      await own.contextOf(undefined)
      if (request.typed !== undefined) await collector.addTyped(request.typed)
      else if (request.files === undefined) for (const sited of this.#inclusionsOf(target)) await collector.add(sited)
      else for (const file of request.files) await collector.addFile(file)
    } catch (error) {
      if (!(error instanceof FactsNeeded)) throw error
      for (const name of error.facts) needed.add(name)
    }
    const { states, needed: later } = await this.#compiled(collector.units, errors)
    const wanted = new Set([...needed, ...collector.needed, ...later])
    if (wanted.size > 0 && errors.size === before) throw new FactsNeeded([...wanted])
    return { states, used: view.used }
  }

  /** Compiles with what is loaded, and again with what was missed: plugins that bring what the states name, and renderers. */
  async #compiled(units: readonly Unit[], errors: Errors): Promise<Compilation> {
    const { kernel } = this
    for (;;) {
      const { functions, metas, lateReads } = kernel
      const missed = new Set<string>()
      const lookUp = <T>(name: string, found: T): T => {
        if (kernel.lacks('functions', name)) missed.add(name)
        return found
      }
      const found = new Errors()
      const compilation = compile(
        units,
        {
          functions: {
            get: (name) => lookUp(name, functions.get(name)),
            names: [...functions.names, ...metas.names],
            hintFor: this.options.hintFor,
          },
          metas: { get: (name) => lookUp(name, metas.get(name)) },
          lateReads,
          blobs: this.blobs,
          sources: this.#sources,
          shared: this.#shared,
        },
        found,
      )
      // oxlint-disable-next-line no-await-in-loop -- each turn needs what the one before has missed
      await Promise.all([...missed].map((name) => kernel.bring('functions', name)))
      // oxlint-disable-next-line no-await-in-loop
      if ((await this.#sources.prepare()) || missed.size > 0) continue
      if (found.size > 0 && kernel.lacks('functions')) {
        // What is wrong is told with all at hand that may have been meant.
        // oxlint-disable-next-line no-await-in-loop
        await kernel.bring('functions')
        continue
      }
      for (const error of found.all()) errors.take(error)
      return compilation
    }
  }

  /** The variables of a target, layer by layer. */
  variablesOf(target: Target, facts: Readonly<Record<string, unknown>>, errors: Errors): TargetVariables {
    return new TargetVariables(target, {
      config: this.options.config,
      places: this.places,
      files: this.files,
      found: this.variables,
      facts,
      given: this.options.given ?? { files: [], values: {} },
      diagnostics: errors,
    })
  }

  /** What the states of a target begin with, in the order of the layers. */
  #inclusionsOf({ groups, roles, declared }: Target): readonly SitedInclusion[] {
    const { states } = this.options.config
    return [
      ...sited(states, this.places),
      ...groups.flatMap((group) => group.declared.flatMap(({ input, places }) => sited(input.states, places))),
      ...roles.flatMap(({ input, places }) => sited(input.states, places)),
      ...sited(declared.input.states, declared.places),
    ]
  }
}

const sited = (states: readonly SitedInclusion['inclusion'][], places: Places): readonly SitedInclusion[] =>
  states.map((inclusion, i) => ({ inclusion, place: places.placeOf(['states', i]) }))

/**
 * Reads the catalog around a configuration. What is wrong with it is added to the errors; what is left of it can still be
 * compiled, so that all errors are told together.
 */
export const openCatalog = async (kernel: Kernel, options: CatalogOptions, errors: Errors): Promise<Catalog> => {
  const { config } = options
  const files = new FileLoader(kernel, config.loaders)
  const places = await placesOfConfig(kernel, config)
  const ground = { kernel, files, config, places, diagnostics: errors }
  const roster = await readRoster(ground)
  const components = await readComponents(ground)
  const variables = variablesFiles(config.folder, files, roster, errors)
  return new Catalog(kernel, options, files, places, roster, components, variables)
}

/** The real places where a loader reads the file as it is, else what can be found in its text. */
const placesOfConfig = async (kernel: Kernel, { file, folder }: ProveConfig): Promise<Places> => {
  if (file === undefined || !existsSync(file)) return placesInText(join(folder, 'prove.config.ts'), '')
  const text = readFileSync(file, 'utf8')
  const extension = extname(file)
  const loader = kernel.loaders.all.find(
    (each) => each.over === undefined && each.extensions.includes(extension) && each.isStatic(text),
  )
  if (loader === undefined) return placesInText(file, text)
  const loaded = await loader.load(file, text, { ...noScope, loader: (name) => kernel.loaders.get(name) })
  return basename(file) === 'package.json' ? placesUnder(loaded, ['prove']) : loaded
}
