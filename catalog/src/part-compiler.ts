import {
  blobArguments,
  type CompiledPart,
  didYouMean,
  type Place,
  schemaProblems,
  type StateFunction,
  type ValuePath,
  z,
} from '@prove/core'
import type { MasterBlobStore } from './blob-store.js'
import type { Diagnostics } from './diagnostics.js'
import { type Fields, listOf } from './fields.js'
import { kindOf } from './kind-of.js'
import type { WrittenPart, WrittenState } from './parse-states.js'
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

/** Validates the parts of one target against their functions. */
export class PartCompiler {
  /** Facts that a template asked for and nobody has gathered. */
  readonly needed = new Set<string>()
  #isShared = true

  constructor(
    private readonly ground: PartGround,
    private readonly unit: Unit,
    private readonly diagnostics: Diagnostics,
  ) {}

  /** Undefined after the errors were told. What is the same for every target is compiled once. */
  compile(part: WrittenPart, state: WrittenState): CompiledPart | undefined {
    const { shared } = this.ground
    const known = shared.get(part)
    if (known !== undefined) return known
    this.#isShared = true
    const compiled = this.#compile(part, state)
    if (compiled !== undefined && this.#isShared) shared.set(part, compiled)
    return compiled
  }

  #compile(part: WrittenPart, state: WrittenState): CompiledPart | undefined {
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
    const args = this.#args(part, state, fn)
    return args === undefined
      ? undefined
      : { fn: fn.name, args, ...runOf({ ...state.fields, ...part.fields }), place: part.place }
  }

  #args(part: WrittenPart, { loaded }: WrittenState, fn: StateFunction): Record<string, unknown> | undefined {
    const written = this.#named(part, fn, loaded.placeOf(part.path))
    if (written === undefined) return undefined
    const placeOf = (path: ValuePath) =>
      written === part.args ? loaded.placeOf([...part.path, ...path]) : loaded.placeOf(part.path)
    let good = true
    for (const name of Object.keys(written)) {
      if (Object.hasOwn(fn.args, name)) continue
      good = false
      this.diagnostics.add('PRV_ARGUMENT_UNKNOWN', `${fn.name} has no argument "${name}"`, {
        place: loaded.placeOfKey([...part.path, name]),
        hint: didYouMean(name, Object.keys(fn.args)) ?? `its arguments are ${Object.keys(fn.args).join(', ')}`,
      })
    }
    const known = Object.fromEntries(Object.entries(written).filter(([name]) => Object.hasOwn(fn.args, name)))
    const bytes = this.#blobs(known, fn, placeOf)
    const result = schemaOf(fn).safeParse(bytes)
    if (result.success) {
      const conflict = fn.conflict?.(result.data)
      if (conflict !== undefined) this.diagnostics.add('PRV_ARGUMENT_INVALID', conflict, { place: part.place })
      return good && conflict === undefined ? result.data : undefined
    }
    for (const { path, message, unknownKeys } of schemaProblems(result.error)) {
      const [name = ''] = path
      if (path.length === 1 && !Object.hasOwn(known, name)) {
        this.diagnostics.add('PRV_ARGUMENT_MISSING', `${fn.name} needs the argument "${name}"`, { place: part.place })
        continue
      }
      const found = path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], known)
      const said =
        unknownKeys === undefined ? `${message}, found ${kindOf(found)}` : `unknown key "${unknownKeys.join('", "')}"`
      this.diagnostics.add('PRV_ARGUMENT_INVALID', `"${path.join('.')}": ${said}`, { place: placeOf(path) })
    }
    return undefined
  }

  /** A main argument given alone gets its name. */
  #named(part: WrittenPart, fn: StateFunction, place: Place): Record<string, unknown> | undefined {
    const { args } = part
    if (typeof args === 'object' && args !== null && !Array.isArray(args)) return args as Record<string, unknown>
    if (args === null || args === undefined) return {}
    if (fn.main !== undefined) return { [fn.main]: args }
    this.diagnostics.add('PRV_ARGUMENT_INVALID', `${fn.name} takes a map of arguments, found ${kindOf(args)}`, {
      place,
    })
    return undefined
  }

  #blobs(
    args: Record<string, unknown>,
    fn: StateFunction,
    placeOf: (path: ValuePath) => Place,
  ): Record<string, unknown> {
    const replaced = { ...args }
    for (const [name, value] of Object.entries(args)) {
      const schema = fn.args[name]
      const kind = schema === undefined ? undefined : blobKindOf(schema)
      if (typeof value !== 'string' || kind === undefined) continue
      if (kind === 'text') replaced[name] = { ...this.ground.blobs.addText(value), text: value }
      else replaced[name] = this.#source(value, placeOf([name])) ?? unresolved
    }
    return replaced
  }

  #source(name: string, place: Place): unknown {
    const { sources } = this.ground
    const found = sources.find(name, this.unit, place, this.diagnostics, this.needed)
    if (found === undefined || found.isRendered) this.#isShared = false
    return found?.blob
  }
}

/** The functions of the same noun, or all nouns. */
const familyHint = (name: string, known: readonly string[]): string => {
  const noun = name.split('.', 1)[0] ?? ''
  const family = known.filter((each) => each.startsWith(`${noun}.`))
  return family.length > 0
    ? `functions of "${noun}" are ${family.join(', ')}`
    : `there are functions of ${[...new Set(known.map((each) => each.split('.', 1)[0]))].join(', ')}`
}

/** Built once for each function: building costs more than a hundred parses. */
const schemas = new WeakMap<StateFunction, z.ZodObject>()

const schemaOf = (fn: StateFunction): z.ZodObject => {
  const schema = schemas.get(fn) ?? z.object(fn.args)
  schemas.set(fn, schema)
  return schema
}

/** Stands in for a source that was reported, so that validation does not report it again. */
const unresolved = { sha256: '', size: 0 }

const blobKindOf = (schema: unknown): 'text' | 'source' | undefined => {
  for (let inner: unknown = schema; inner instanceof z.ZodType;) {
    const kind = blobArguments.get(inner)
    if (kind !== undefined) return kind
    inner = inner instanceof z.ZodOptional || inner instanceof z.ZodDefault ? inner.unwrap() : undefined
  }
  return undefined
}

const runOf = ({
  unless,
  onlyif,
  creates,
  timeout,
  run_as: runAs,
  env,
}: Fields): Pick<CompiledPart, 'guards' | 'run'> => ({
  guards: { unless: listOf(unless), onlyif: listOf(onlyif), ...(creates === undefined ? {} : { creates }) },
  run: {
    ...(runAs === undefined ? {} : { runAs }),
    ...(env === undefined ? {} : { env: Object.fromEntries(Object.entries(env).map(([k, v]) => [k, String(v)])) }),
    ...(timeout === undefined ? {} : { timeout }),
  },
})
