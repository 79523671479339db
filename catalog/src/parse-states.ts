import { didYouMean, isMap, type Loaded, type Place, type ValuePath } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
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
  return Object.entries(data).flatMap(([name, value]) => new StateParser(name, loaded, diagnostics).parse(value) ?? [])
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
      this.#bad([name], `the id "${name}" may hold letters, digits, and any of "_ - . + @"`)
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
        const issue = result.error.issues[0]
        const inner = (issue?.path ?? []).filter((step) => typeof step !== 'symbol')
        this.diagnostics.add('PRV_FIELD_INVALID', `"${key}": ${lower(issue?.message ?? 'wrong value')}`, {
          place: this.loaded.placeOf([...path, key, ...inner]),
        })
      }
    }
    return fields
  }

  #bad(path: ValuePath, message: string, hint?: string): void {
    this.diagnostics.add('PRV_STATE_SHAPE', message, { place: this.loaded.placeOf(path), hint })
  }
}

/** The fields of a state and of its parts that name other states. */
export const referencesOf = (state: WrittenState, field: 'requires' | 'after'): readonly string[] => [
  ...new Set([state.fields, ...state.parts.map(({ fields }) => fields)].flatMap((fields) => listOf(fields[field]))),
]

export const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)

export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : `the ${typeof value} ${JSON.stringify(value)}`
}
