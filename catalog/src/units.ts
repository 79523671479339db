import { basename, dirname, extname, join, relative, sep } from 'node:path'
import {
  canonicalJson,
  didYouMean,
  FactsNeeded,
  knownErrors,
  type Loaded,
  type Place,
  type RenderContext,
  type Scope,
} from '@prove/core'
import type { Component } from './components.js'
import { type Diagnostics, Errors, includedFrom } from './diagnostics.js'
import type { FileLoader } from './file-loader.js'
import { parseIncludes, parseStates, type SitedInclusion, type WrittenState } from './parse-states.js'
import { shownPath } from './shown-path.js'
import { nearestFiles } from './nearest-files.js'

/** One state file as one target sees it: of the catalog, or of an instance of a component. */
export interface Unit {
  /** The first half of its full ids: `web/nginx`, `blog/main`. */
  readonly id: string
  /** What the ids of its instance begin with; empty for files of the catalog. */
  readonly prefix: string
  readonly component: Component | undefined
  readonly file: string
  readonly states: readonly WrittenState[]
  readonly context: RenderContext
  /** Where it was included, the nearest first. */
  readonly chain: readonly Place[]
}

export interface UnitGround {
  readonly configFile: string | undefined
  readonly folder: string
  readonly files: FileLoader
  readonly components: ReadonlyMap<string, Component>
  readonly parsed: ParsedFiles
  /** What files of this component see, but for `with`. */
  readonly contextOf: (component: Component | undefined) => Promise<RenderContext>
  readonly diagnostics: Diagnostics
}

/** Includes that lead to each other deeper than this never end. */
const depthLimit = 50

interface Instance {
  readonly prefix: string
  readonly component: Component | undefined
  readonly given: Scope['with']
  /** The folder of the file that includes. */
  readonly near: string
  readonly chain: readonly Place[]
}

/** Loads state files and what they include, each instance once, in the order in which they are wanted. */
export class UnitCollector {
  readonly units: Unit[] = []
  /** Facts that a file asked for and nobody has gathered. */
  readonly needed = new Set<string>()
  /** The includes that were found to lead to themselves: two in one file would double the instances at every depth. */
  readonly #endless = new Set<string>()
  readonly #instances = new Map<string, { given: string; place: Place | undefined }>()

  constructor(private readonly ground: UnitGround) {}

  /** A file that was named by its path. */
  async addFile(file: string): Promise<void> {
    const { folder } = this.ground
    await this.#load(file, { prefix: '', component: undefined, given: {}, near: folder, chain: [] })
  }

  /** States that no file holds; sources are looked up as from a file beside the configuration. */
  async addTyped(loaded: Loaded): Promise<void> {
    const { states } = this.ground.parsed.of(loaded, this.ground.diagnostics)
    const context = await this.ground.contextOf(undefined)
    const file = join(this.ground.folder, 'typed')
    this.units.push({ id: 'typed', prefix: '', component: undefined, file, states, context, chain: [] })
  }

  /** What a target, group, role or the configuration wants. */
  async add(sited: SitedInclusion): Promise<void> {
    const { folder } = this.ground
    await this.#include(sited, { prefix: '', component: undefined, given: {}, near: folder, chain: [] })
  }

  async #include({ inclusion, place }: SitedInclusion, from: Instance): Promise<void> {
    const diagnostics = includedFrom(this.ground.diagnostics, from.chain)
    const own = keyOf(place)
    if (this.#endless.has(own) && from.chain.some((each) => keyOf(each) === own)) return
    // That the configuration names a file needs no telling.
    const chain = place.file === this.ground.configFile ? from.chain : [place, ...from.chain]
    if (chain.length > depthLimit) {
      this.#endless.add(own)
      diagnostics.add('PRV_INCLUDE_CYCLE', 'this include leads to itself without end', {
        place,
        hint: 'include a file again without "as", or stop with a condition',
      })
      return
    }
    const { component: name, file, as, with: given } = typeof inclusion === 'string' ? { file: inclusion } : inclusion
    if (name === undefined) {
      const prefix = as === undefined ? from.prefix : joined(from.prefix, as)
      const found = this.#find(file ?? '', from)
      if (found !== undefined) {
        await this.#load(found, { ...from, prefix, given: given ?? (as === undefined ? from.given : {}), chain })
        return
      }
      // A short name may mean a component, where there is no such file.
      if (typeof inclusion !== 'string' || !this.ground.components.has(inclusion)) {
        const hint = nearestFiles(file ?? '', this.#roots(from), { others: [...this.ground.components.keys()] })
        diagnostics.add('PRV_INCLUDE_MISSING', `there is no state file "${file ?? ''}"`, { place, hint })
        return
      }
    }
    const title = name ?? (inclusion as string)
    const component = this.ground.components.get(title)
    if (component === undefined) {
      const hint = didYouMean(title, [...this.ground.components.keys()]) ?? 'components are folders in components/'
      diagnostics.add('PRV_COMPONENT_UNKNOWN', `there is no component "${title}"`, { place, hint })
      return
    }
    const prefix = as === undefined ? component.name : joined(from.prefix, as)
    const entry = (name === undefined ? undefined : file) ?? component.entry
    const path = this.ground.files.find(join(component.folder, 'states', entry))
    if (path === undefined) {
      const hint = nearestFiles(entry, [join(component.folder, 'states')])
      const message = `the component "${component.name}" has no state file "${entry}"`
      diagnostics.add('PRV_INCLUDE_MISSING', message, { place, hint })
      return
    }
    await this.#load(path, { prefix, component, given: given ?? {}, near: dirname(path), chain })
  }

  /** Where a file of this instance looks for others. */
  #roots({ component, near }: Instance): readonly string[] {
    const { folder } = this.ground
    return component === undefined
      ? [...new Set([join(folder, 'states'), near, folder])]
      : [...new Set([join(component.folder, 'states'), near])]
  }

  #find(name: string, from: Instance): string | undefined {
    for (const root of this.#roots(from)) {
      const found = this.ground.files.find(join(root, name))
      if (found !== undefined) return found
    }
    return undefined
  }

  async #load(file: string, instance: Instance): Promise<void> {
    const { prefix, component, given, chain } = instance
    const diagnostics = includedFrom(this.ground.diagnostics, chain)
    const key = `${prefix}\0${file}`
    const canonical = canonicalJson(given)
    const known = this.#instances.get(key)
    if (known !== undefined) {
      if (known.given !== canonical) {
        const before = known.place === undefined ? '' : ` at ${shownPath(known.place.file)}:${known.place.line}`
        diagnostics.add('PRV_INCLUDE_INVALID', `"${prefix || basename(file)}" is included${before} with other values`, {
          place: chain[0],
          hint: 'give one of the two a name of its own: as: …',
        })
      }
      return
    }
    this.#instances.set(key, { given: canonical, place: chain[0] })
    const context = await this.ground.contextOf(component)
    const own: RenderContext = { ...context, scope: { ...context.scope, with: given } }
    try {
      const loaded = await this.ground.files.load(file, own)
      const { states, includes } = this.ground.parsed.of(loaded, diagnostics)
      const near = dirname(file)
      // What is included comes first: a file may count on it in its order of declaration.
      for (const sited of includes) await this.#include(sited, { ...instance, near })
      this.units.push({ id: this.#idOf(file, instance), prefix, component, file, states, context: own, chain })
    } catch (error) {
      if (error instanceof FactsNeeded) for (const name of error.facts) this.needed.add(name)
      else if (knownErrors(error).length === 0) throw error
      else for (const each of knownErrors(error)) diagnostics.take(each)
    }
  }

  #idOf(file: string, { prefix, component }: Instance): string {
    const root = join(component?.folder ?? this.ground.folder, 'states')
    const inside = relative(root, file)
    const name = inside.startsWith('..') ? basename(file) : inside.split(sep).join('/')
    return joined(prefix, name.slice(0, name.length - extname(name).length))
  }
}

const keyOf = ({ file, line, column }: Place): string => `${file}:${line}:${column}`

const joined = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}/${name}`)

interface Parsed {
  readonly states: readonly WrittenState[]
  readonly includes: readonly SitedInclusion[]
}

/** State files that were parsed, so that what many targets load alike is parsed once. */
export class ParsedFiles {
  readonly #known = new WeakMap<Loaded, { parsed: Parsed; errors: Errors }>()

  of(loaded: Loaded, diagnostics: Diagnostics): Parsed {
    let known = this.#known.get(loaded)
    if (known === undefined) {
      const errors = new Errors()
      known = { parsed: { states: parseStates(loaded, errors), includes: parseIncludes(loaded, errors) }, errors }
      this.#known.set(loaded, known)
    }
    for (const error of known.errors.all()) diagnostics.take(error)
    return known.parsed
  }
}
