import {
  didYouMean,
  holdsLate,
  isLateValue,
  type Inclusion,
  inclusionSchema,
  isMap,
  type Loaded,
  type Place,
  type ValuePath,
} from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { kindOf } from './kind-of.js'
import { placesUnder } from './places.js'
import { shaped } from './shaped.js'
import { callsOf, fieldNames, type Fields, isFieldName, listOf, mayBeLate, readField } from './fields.js'

/** A part as written: arguments not yet looked at by its function. */
export interface WrittenPart {
  readonly fn: string
  /** A map of arguments, or the main argument alone. */
  readonly args: unknown
  /** Where `args` stands. */
  readonly path: ValuePath
  readonly fields: Fields
  /** Set where the arguments hold late values. */
  readonly late?: true
  readonly place: Place
}

export interface WrittenState {
  /** Behind the colon of its full id. */
  readonly name: string
  /** Where it stands in its file. */
  readonly path: ValuePath
  readonly parts: readonly WrittenPart[]
  readonly fields: Fields
  readonly place: Place
  readonly loaded: Loaded
  /** What the groups around it give it, the outermost first. */
  readonly inherited: readonly Fields[]
  /** What late values in it can use by name, beside all that others can. */
  readonly names?: Readonly<Record<string, unknown>>
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
      hint: 'write "ID: { FUNCTION: … }"; "prove docs" lists the functions, each with examples',
    })
    return []
  }
  return Object.entries(data).flatMap(([name, value]) => {
    if (name === includeKey) return []
    if (/^[\w@.+-]+$/.test(name))
      return parseState({ name, path: [name], loaded, inherited: [] }, value, diagnostics) ?? []
    const place = loaded.placeOfKey([name])
    const hint = 'ids hold letters, digits, and any of "_ - . + @"'
    diagnostics.add('PRV_STATE_SHAPE', `"${name}" cannot be an id`, { place, hint })
    return []
  })
}

/** Reads one state, wherever it stands; undefined after the error was told. */
export const parseState = (
  site: Pick<WrittenState, 'name' | 'path' | 'loaded' | 'inherited' | 'names'>,
  value: unknown,
  diagnostics: Diagnostics,
): WrittenState | undefined => new StateParser(site, diagnostics).parse(value)

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
  readonly #loaded: Loaded

  constructor(
    private readonly site: Parameters<typeof parseState>[0],
    private readonly diagnostics: Diagnostics,
  ) {
    this.#loaded = site.loaded
  }

  parse(value: unknown): WrittenState | undefined {
    const { path } = this.site
    const made = { ...this.site, place: this.#loaded.placeOfKey(path) }
    if (Array.isArray(value)) {
      return { ...made, parts: value.flatMap((item: unknown, i) => this.#parts(item, [...path, i])), fields: {} }
    }
    if (!isMap(value)) {
      this.#bad(path, `a state is a list of parts or a map, found ${kindOf(value)}`)
      return undefined
    }
    if (!('parts' in value)) return { ...made, parts: this.#parts(value, path), fields: {} }
    const { parts, ...fields } = value
    if (!Array.isArray(parts)) {
      this.#bad([...path, 'parts'], `"parts" is a list, found ${kindOf(parts)}`)
      return undefined
    }
    return {
      ...made,
      parts: parts.flatMap((item: unknown, i) => this.#parts(item, [...path, 'parts', i])),
      fields: this.#fields(fields, path),
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
      const place = this.#loaded.placeOfKey([...path, fn])
      const made = { fn, path: [...path, fn], place }
      if (!isMap(value) || isLateValue(value)) return { ...made, args: value, fields, ...lateness(value) }
      const inner = this.#split(value, [...path, fn])
      return { ...made, args: inner.args, fields: { ...fields, ...inner.fields }, ...lateness(inner.args) }
    })
  }

  #plainPart(item: Record<string, unknown>, path: ValuePath): readonly WrittenPart[] {
    const { fn, ...rest } = item
    if (typeof fn !== 'string') {
      this.#bad([...path, 'fn'], `"fn" is the name of a state function, found ${kindOf(fn)}`)
      return []
    }
    const { args, fields } = this.#split(rest, path)
    return [{ fn, args, path, fields, ...lateness(args), place: this.#loaded.placeOf([...path, 'fn']) }]
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
          place: this.#loaded.placeOfKey([...path, key]),
          hint:
            didYouMean(key, fieldNames) ?? `fields are ${fieldNames.join(', ')}; functions have a dot in their name`,
        })
        continue
      }
      const late = !mayBeLate(key) && holdsLate(value)
      const { placeOf, placeOfKey } = placesUnder(this.#loaded, [...path, key])
      // Looked at when it is known: for each target.
      const found = late ? value : readField(key, value, placeOf, this.diagnostics, placeOfKey)
      if (found !== undefined) fields[key] = found
    }
    return fields
  }

  #bad(path: ValuePath, message: string, hint?: string): void {
    this.diagnostics.add('PRV_STATE_SHAPE', message, { place: this.#loaded.placeOf(path), hint })
  }
}

const lateness = (args: unknown): Pick<WrittenPart, 'late'> => (holdsLate(args) ? { late: true } : {})

/** Fields that name other states. */
export type ReferenceField = 'requires' | 'after' | 'notify' | 'notify_failure' | 'listen' | 'listen_failure'

/** The fields of a state and of its parts that name other states. */
export const referencesOf = (state: WrittenState, field: ReferenceField): readonly string[] => {
  const isNamed = ({ fields }: Pick<WrittenState, 'fields'>): boolean => fields[field] !== undefined
  // Asked six times of every state, and most name none.
  if (!isNamed(state) && !state.parts.some(isNamed)) return []
  return [...new Set([state, ...state.parts].flatMap(({ fields }) => namesIn(fields, field)))]
}

/** The states that one field names. */
const namesIn = (fields: Fields, field: ReferenceField): readonly string[] =>
  field === 'notify' || field === 'notify_failure'
    ? callsOf(fields[field]).map(({ state }) => state)
    : listOf(fields[field])
