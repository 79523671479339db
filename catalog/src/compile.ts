import { existsSync, statSync } from 'node:fs'
import { join, normalize } from 'node:path'
import {
  blobArguments,
  type CompiledPart,
  type CompiledState,
  didYouMean,
  type StateFunction,
  type ValuePath,
  z,
} from '@prove/core'
import type { MasterBlobStore } from './blob-store.js'
import { Diagnostics } from './diagnostics.js'
import type { Fields } from './fields.js'
import { listOf } from './fields.js'
import { order } from './order.js'
import { kindOf, lower, referencesOf, type WrittenPart, type WrittenState } from './parse-states.js'
import { References } from './references.js'

/** The functions that plugins registered, by name. */
interface Functions {
  get(name: string): StateFunction | undefined
  readonly names: readonly string[]
  /** What to do to get a function that a shipped plugin has and the configuration does not list. */
  hintFor(name: string): string | undefined
}

export interface CompileGround {
  readonly functions: Functions
  readonly blobs: MasterBlobStore
  /** The folder that prove:// names are looked up in. */
  readonly filesFolder: string
}

/** States of one file, with the name that their ids begin with. */
export interface WrittenFile {
  readonly name: string
  readonly states: readonly WrittenState[]
}

/**
 * Makes plain data of written states: arguments validated, references resolved, in the order they will run. Throws all
 * errors together; `diagnostics` may already hold those of the loaders.
 */
export const compile = (
  files: readonly WrittenFile[],
  ground: CompileGround,
  diagnostics: Diagnostics = new Diagnostics(),
): readonly CompiledState[] => {
  const references = new References(files, diagnostics)
  const compiler = new PartCompiler(ground, diagnostics)
  const states = files.flatMap((file) =>
    file.states.map((state) => {
      const find = (field: 'requires' | 'after'): readonly string[] =>
        referencesOf(state, field).flatMap((name) => references.find(name, file, state, field) ?? [])
      return {
        id: `${file.name}:${state.name}`,
        parts: state.parts.flatMap((part) => compiler.compile(part, state) ?? []),
        requires: find('requires'),
        after: find('after'),
        place: state.place,
      }
    }),
  )
  const ordered = order(states, diagnostics)
  diagnostics.throwIfAny()
  return ordered.map(({ id, parts, requires, place }) => ({ id, parts, requires, place }))
}

class PartCompiler {
  constructor(
    private readonly ground: CompileGround,
    private readonly diagnostics: Diagnostics,
  ) {}

  compile(part: WrittenPart, state: WrittenState): CompiledPart | undefined {
    const { functions } = this.ground
    const fn = functions.get(part.fn)
    if (fn === undefined) {
      this.diagnostics.add('PRV_FUNCTION_UNKNOWN', `unknown state function "${part.fn}"`, {
        place: part.place,
        hint: functions.hintFor(part.fn) ?? didYouMean(part.fn, functions.names),
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
    if (result.success) return good ? result.data : undefined
    for (const issue of result.error.issues) {
      const path = issue.path.filter((step) => typeof step !== 'symbol')
      const [name = ''] = path
      if (path.length === 1 && !Object.hasOwn(known, name)) {
        this.diagnostics.add('PRV_ARGUMENT_MISSING', `${fn.name} needs the argument "${name}"`, { place: part.place })
      } else {
        const found = path.reduce<unknown>(
          (value, step) => (value as Record<string, unknown> | undefined)?.[step],
          known,
        )
        this.diagnostics.add(
          'PRV_ARGUMENT_INVALID',
          `"${path.join('.')}": ${lower(issue.message)}, found ${kindOf(found)}`,
          {
            place: placeOf(path),
          },
        )
      }
    }
    return undefined
  }

  /** A main argument given alone gets its name. */
  #named(part: WrittenPart, fn: StateFunction, place: CompiledPart['place']): Record<string, unknown> | undefined {
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
    placeOf: (path: ValuePath) => CompiledPart['place'],
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

  #source(name: string, place: CompiledPart['place']): unknown {
    const { blobs, filesFolder } = this.ground
    const path = normalize(join(filesFolder, name.replace(/^prove:\/\//, '')))
    if (!name.startsWith('prove://') || !path.startsWith(join(filesFolder, '/'))) {
      this.diagnostics.add('PRV_ARGUMENT_INVALID', `expected a source such as prove://motd, found "${name}"`, { place })
    } else if (existsSync(path) && statSync(path).isFile()) {
      return blobs.addFile(path)
    } else {
      this.diagnostics.add('PRV_SOURCE_MISSING', `there is no source "${name}"`, {
        place,
        hint: `put the file at ${path}`,
      })
    }
    return undefined
  }
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
