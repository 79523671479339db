import {
  didYouMean,
  type Inclusion,
  inclusionSchema,
  isMap,
  type Loaded,
  type Place,
  schemaProblems,
  type ValuePath,
} from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { kindOf } from './kind-of.js'
import { placesUnder } from './places.js'
import { shaped } from './shaped.js'
import { fieldNames, type Fields, fieldSchemas, isFieldName, listOf } from './fields.js'

/** A part as written: arguments not yet looked at by its function. */
export interface WrittenPart {
  readonly fn: string
  /** A map of arguments, or the main argument alone. */
  readonly args: unknown
  /** Where `args` stands. */
  readonly path: ValuePath
  readonly fields: Fields
  readonly place: Place
}

export interface WrittenState {
  readonly name: string
  readonly parts: readonly WrittenPart[]
  readonly fields: Fields
  readonly place: Place
  readonly loaded: Loaded
}

/**
 * Reads the states of a file. A state is a list of parts, or one map: keys with a dot are functions, others are fields;
 * `fn:` names the function of a map whose other keys are its arguments.
 */
export const parseStates = (loaded: Loaded, diagnostics: Diagnostics): readonly WrittenState[] => {
  const { data } = loaded
  if (!isMap(data)) {
    diagnostics.add('PRV_STATE_SHAPE', `a state file is a map of ids to states, found ${kindOf(data)}`, {
      place: loaded.placeOf([]),
    })
    return []
  }
  return Object.entries(data).flatMap(([name, value]) =>
    name === includeKey ? [] : (new StateParser(name, loaded, diagnostics).parse(value) ?? []),
  )
}

/** The key of a state file that is no id. */
const includeKey = 'include'

/** A state file or component that another file, a role, a group or a target wants, and where it says so. */
export interface SitedInclusion {
  readonly inclusion: Inclusion
  readonly place: Place
}

/** What a state file includes: one entry, or a list of them. */
export const parseIncludes = (loaded: Loaded, diagnostics: Diagnostics): readonly SitedInclusion[] => {
  if (!isMap(loaded.data) || !Object.hasOwn(loaded.data, includeKey)) return []
  const written = loaded.data[includeKey]
  const items = Array.isArray(written)
    ? written.map((item: unknown, i) => ({ item, path: [includeKey, i] }))
    : [{ item: written, path: [includeKey] }]
  return items.flatMap(({ item, path }) => {
    const shape = { schema: inclusionSchema, code: 'PRV_INCLUDE_INVALID' as const, what: 'an include' }
    const inclusion = shaped(shape, item, placesUnder(loaded, path), diagnostics)
    return inclusion === undefined ? [] : [{ inclusion, place: loaded.placeOf(path) }]
  })
}

class StateParser {
  constructor(
    private readonly name: string,
    private readonly loaded: Loaded,
    private readonly diagnostics: Diagnostics,
  ) {}

  parse(value: unknown): WrittenState | undefined {
    const { name, loaded } = this
    if (!/^[\w@.+-]+$/.test(name)) {
      this.diagnostics.add('PRV_STATE_SHAPE', `"${name}" cannot be an id`, {
        place: loaded.placeOfKey([name]),
        hint: 'ids hold letters, digits, and any of "_ - . + @"',
      })
      return undefined
    }
    const place = loaded.placeOfKey([name])
    if (Array.isArray(value)) {
      const parts = value.flatMap((item: unknown, i) => this.#parts(item, [name, i]))
      return { name, parts, fields: {}, place, loaded }
    }
    if (!isMap(value)) {
      this.#bad([name], `a state is a list of parts or a map, found ${kindOf(value)}`)
      return undefined
    }
    if (!('parts' in value)) return { name, parts: this.#parts(value, [name]), fields: {}, place, loaded }
    const { parts, ...fields } = value
    if (!Array.isArray(parts)) {
      this.#bad([name, 'parts'], `"parts" is a list, found ${kindOf(parts)}`)
      return undefined
    }
    return {
      name,
      parts: parts.flatMap((item: unknown, i) => this.#parts(item, [name, 'parts', i])),
      fields: this.#fields(fields, [name]),
      place,
      loaded,
    }
  }

  /** The parts of one map: one for `fn:`, or one for every key with a dot. */
  #parts(item: unknown, path: ValuePath): readonly WrittenPart[] {
    if (!isMap(item)) {
      this.#bad(path, `a part is a map that names a state function, found ${kindOf(item)}`)
      return []
    }
    if ('fn' in item) return this.#plainPart(item, path)
    const functions = Object.keys(item).filter((key) => key.includes('.'))
    if (functions.length === 0) {
      this.#bad(path, 'this part names no state function', 'write it as "fn: file.managed", or as "file.managed: {…}"')
      return []
    }
    const fields = this.#fields(Object.fromEntries(Object.entries(item).filter(([key]) => !key.includes('.'))), path)
    return functions.map((fn) => {
      const value = item[fn]
      const place = this.loaded.placeOfKey([...path, fn])
      if (!isMap(value)) return { fn, args: value, path: [...path, fn], fields, place }
      const inner = this.#split(value, [...path, fn])
      return { fn, args: inner.args, path: [...path, fn], fields: { ...fields, ...inner.fields }, place }
    })
  }

  #plainPart(item: Record<string, unknown>, path: ValuePath): readonly WrittenPart[] {
    const { fn, ...rest } = item
    if (typeof fn !== 'string') {
      this.#bad([...path, 'fn'], `"fn" is the name of a state function, found ${kindOf(fn)}`)
      return []
    }
    const { args, fields } = this.#split(rest, path)
    return [{ fn, args, path, fields, place: this.loaded.placeOf([...path, 'fn']) }]
  }

  #split(map: Record<string, unknown>, path: ValuePath): { args: Record<string, unknown>; fields: Fields } {
    const entries = Object.entries(map)
    return {
      args: Object.fromEntries(entries.filter(([key]) => !isFieldName(key))),
      fields: this.#fields(Object.fromEntries(entries.filter(([key]) => isFieldName(key))), path),
    }
  }

  #fields(map: Record<string, unknown>, path: ValuePath): Fields {
    const fields: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(map)) {
      if (!isFieldName(key)) {
        this.diagnostics.add('PRV_FIELD_INVALID', `unknown field "${key}"`, {
          place: this.loaded.placeOfKey([...path, key]),
          hint:
            didYouMean(key, fieldNames) ?? `fields are ${fieldNames.join(', ')}; functions have a dot in their name`,
        })
        continue
      }
      const result = fieldSchemas[key].safeParse(value)
      if (result.success) fields[key] = result.data
      else {
        const [problem] = schemaProblems(result.error)
        const inner = problem?.path ?? []
        this.diagnostics.add(
          'PRV_FIELD_INVALID',
          `"${key}": ${problem?.message ?? 'wrong value'}, found ${kindOf(at(value, inner))}`,
          {
            place: this.loaded.placeOf([...path, key, ...inner]),
          },
        )
      }
    }
    return fields
  }

  #bad(path: ValuePath, message: string, hint?: string): void {
    this.diagnostics.add('PRV_STATE_SHAPE', message, { place: this.loaded.placeOf(path), hint })
  }
}

const at = (value: unknown, path: ValuePath): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], value)

/** Fields that name other states. */
export type ReferenceField = 'requires' | 'after' | 'notify' | 'notify_failure' | 'listen' | 'listen_failure'

/** The fields of a state and of its parts that name other states. */
export const referencesOf = (state: WrittenState, field: ReferenceField): readonly string[] => [
  ...new Set([state.fields, ...state.parts.map(({ fields }) => fields)].flatMap((fields) => listOf(fields[field]))),
]
