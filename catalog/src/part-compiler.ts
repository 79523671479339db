import {
  blobKindOf,
  type CompiledPart,
  didYouMean,
  holdsLate,
  isLateValue,
  type Late,
  type Place,
  type StateFunction,
  type TreeFilter,
  truthy,
  type ValuePath,
} from '@prove/core'
import { type Callable, hidingSecrets, knownOnly, named, parsed } from './arguments.js'
import type { MasterBlobStore } from './blob-store.js'
import type { Diagnostics } from './diagnostics.js'
import type { ExpandedState } from './expand.js'
import { fieldPath } from './field-path.js'
import type { Fields } from './fields.js'
import type { LateValues } from './late-values.js'
import type { WrittenPart } from './parse-states.js'
import { runFields, runOf } from './run-fields.js'
import type { Sources } from './sources.js'
import type { Unit } from './units.js'

/** The functions that plugins registered, by name. */
interface Functions {
  get(name: string): StateFunction | undefined
  readonly names: readonly string[]
  /** What to do to get a function that a shipped plugin has and the configuration does not list. */
  hintFor(name: string): string | undefined
}

export interface PartGround {
  readonly functions: Functions
  readonly blobs: MasterBlobStore
  readonly sources: Sources
  /** Parts that are the same for every target. */
  readonly shared: WeakMap<WrittenPart, CompiledPart>
}

/** What the compiler of parts needs to know of the state around one. */
export interface PartSite {
  readonly state: ExpandedState
  /** Finds the state whose outputs a late value uses. */
  readonly stateOf: (name: string) => string | undefined
}

/** Validates the parts of one target against their functions. */
export class PartCompiler {
  #isShared = true

  constructor(
    private readonly ground: PartGround,
    private readonly unit: Unit,
    private readonly late: LateValues,
    /** Facts that a template asked for and nobody has gathered. */
    private readonly needed: Set<string>,
    private readonly diagnostics: Diagnostics,
  ) {}

  /** Undefined after the errors were told. What is the same for every target is compiled once. */
  compile(part: WrittenPart, site: PartSite): CompiledPart | undefined {
    const { shared } = this.ground
    const known = shared.get(part)
    if (known !== undefined) return known
    this.#isShared = part.late !== true && site.state.inherited.length === 0
    const compiled = this.#compile(part, site)
    if (compiled !== undefined && this.#isShared) shared.set(part, compiled)
    return compiled
  }

  #compile(part: WrittenPart, site: PartSite): CompiledPart | undefined {
    const { functions } = this.ground
    const fn = functions.get(part.fn)
    if (fn === undefined) {
      this.diagnostics.add('PRV_FUNCTION_UNKNOWN', `unknown state function "${part.fn}"`, {
        place: part.place,
        hint:
          functions.hintFor(part.fn) ?? didYouMean(part.fn, functions.names) ?? familyHint(part.fn, functions.names),
      })
      return undefined
    }
    const made = this.#args(part, site, fn)
    if (made === undefined) return undefined
    const { state } = site
    const around = Object.assign({}, ...state.inherited.map(runFields)) as Fields
    const { guards, ...run } = runOf({ ...around, ...state.fields, ...part.fields })
    const when = this.#when(part, site)
    return {
      fn: fn.name,
      ...made,
      guards: when === undefined ? guards : { ...guards, when },
      ...run,
      place: part.place,
    }
  }

  #args(part: WrittenPart, site: PartSite, fn: StateFunction): Pick<CompiledPart, 'args' | 'late'> | undefined {
    const { state } = site
    const callable = fn as unknown as Callable
    const found = named(part, state, callable, this.diagnostics)
    if (found === undefined) return undefined
    const { placeOf } = found
    const diagnostics = hidingSecrets(found, callable, this.diagnostics)
    const placeOfKey = (key: string): Place => state.loaded.placeOfKey([...part.path, key])
    const known = knownOnly(found, callable, placeOfKey, diagnostics)
    const values = part.late === true ? this.#settled(known, part, found.isMain, site) : known
    if (values === undefined) return undefined
    const late = part.late === true ? Object.keys(values).filter((name) => holdsLate(values[name])) : []
    const plain = late.length === 0 ? values : without(values, late)
    const data = parsed(callable, this.#blobs(plain, fn, placeOf), late, { place: part.place, placeOf }, diagnostics)
    if (data === undefined) return undefined
    const conflict = late.length === 0 ? fn.conflict?.(data) : undefined
    if (conflict !== undefined) diagnostics.add('PRV_ARGUMENT_INVALID', conflict, { place: part.place })
    if (conflict !== undefined || Object.keys(known).length < Object.keys(found.written).length) return undefined
    if (late.length === 0) return { args: data }
    const open = late.map(
      (name) => [name, this.#lateSources(values[name], fn.args[name], values, placeOf([name]))] as const,
    )
    return { args: { ...data, ...Object.fromEntries(open) }, late }
  }

  #settled(
    values: Readonly<Record<string, unknown>>,
    part: WrittenPart,
    isMain: boolean,
    { state, stateOf }: PartSite,
  ): Readonly<Record<string, unknown>> | undefined {
    const { loaded, names = {} } = state
    const settled = Object.entries(values).map(([name, value]) => {
      const path = isMain ? part.path : [...part.path, name]
      return [name, this.late.resolve(value, { loaded, path, names }, stateOf)] as const
    })
    // Undefined: the error was told.
    return settled.some(([name, value]) => value === undefined && values[name] !== undefined)
      ? undefined
      : Object.fromEntries(settled)
  }

  /** All conditions must hold: those of the groups around the state, its own, and that of the part. */
  #when(part: WrittenPart, { state, stateOf }: PartSite): Late | undefined {
    const { loaded, names = {} } = state
    const written = [...state.inherited, state.fields, part.fields].flatMap(({ when }) =>
      when === undefined ? [] : [when],
    )
    if (written.length === 0) return undefined
    this.#isShared = false
    const conditions = [...new Set(written)].flatMap((when): readonly Late[] => {
      const value = typeof when === 'string' ? { $late: when } : when
      const found = this.late.resolve(
        value,
        { loaded, path: fieldPath(loaded.data, part.path, 'when', when), names },
        stateOf,
      )
      if (found === undefined) return []
      return [isLateValue(found) ? (found.$late as Late) : { kind: 'value', value: found }]
    })
    const open = conditions.filter((each) => each.kind !== 'value' || !truthy(each.value))
    return open.reduce<Late | undefined>(
      (left, right) => (left === undefined ? right : { kind: 'binary', operator: 'and', left, right }),
      undefined,
    )
  }

  #blobs(
    args: Readonly<Record<string, unknown>>,
    fn: StateFunction,
    placeOf: (path: ValuePath) => Place,
  ): Record<string, unknown> {
    const replaced: Record<string, unknown> = { ...args }
    for (const [name, value] of Object.entries(args)) {
      const held = blobKindOf(fn.args[name])
      if (typeof value !== 'string' || held === undefined) continue
      if (held.kind === 'text') replaced[name] = { ...this.ground.blobs.addText(value), text: value }
      else if (held.kind === 'source') replaced[name] = this.#source(value, placeOf([name])) ?? unresolved
      else replaced[name] = this.#tree(value, held.filter?.(args), placeOf([name])) ?? []
    }
    return replaced
  }

  /** The files that a late source may choose from are taken in now. */
  #lateSources(value: unknown, schema: unknown, args: Readonly<Record<string, unknown>>, place: Place): unknown {
    const held = blobKindOf(schema)
    if (held === undefined || held.kind === 'text' || typeof value !== 'object' || value === null) return value
    const { kind, value: text } = value as { readonly kind?: unknown; readonly value?: unknown }
    if (kind === 'value' && typeof text === 'string') {
      const found = held.kind === 'source' ? this.#source(text, place) : this.#tree(text, held.filter?.(args), place)
      return { kind, value: found ?? null }
    }
    if (Array.isArray(value)) return value.map((item) => this.#lateSources(item, schema, args, place))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.#lateSources(inner, schema, args, place)]),
    )
  }

  #source(name: string, place: Place): unknown {
    const { sources } = this.ground
    const found = sources.find(name, this.unit, place, this.diagnostics, this.needed)
    if (found === undefined || found.isRendered) this.#isShared = false
    return found?.blob
  }

  #tree(name: string, isWanted: ReturnType<TreeFilter> | undefined, place: Place): unknown {
    const { sources } = this.ground
    const found = sources.findTree(name, { unit: this.unit, isWanted, place }, this.diagnostics, this.needed)
    if (found === undefined || found.isRendered) this.#isShared = false
    return found?.entries
  }
}

const without = (values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

/** The functions of the same noun, or all nouns. */
const familyHint = (name: string, known: readonly string[]): string => {
  const noun = name.split('.', 1)[0] ?? ''
  const family = known.filter((each) => each.startsWith(`${noun}.`))
  return family.length > 0
    ? `functions of "${noun}" are ${family.join(', ')}`
    : `there are functions of ${[...new Set(known.map((each) => each.split('.', 1)[0]))].join(', ')}`
}

/** Stands in for a source that was reported, so that validation does not report it again. */
const unresolved = { sha256: '', size: 0 }
