import { Refusal } from './failure.js'
import { maxItems, maxLength, maxNesting, maxValues } from './limits.js'

/** What a value is, in words. */
export const kindOf = (value: unknown): string => {
  if (value === undefined || value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  const kinds = { string: 'a text', object: 'a map', boolean: 'a boolean' } as const
  const kind = typeof value
  return kinds[kind as keyof typeof kinds] ?? `a ${kind}`
}

/**
 * The text of a value. Null is an empty text, which YAML reads as null again where nothing stands around it. Lists and maps
 * are JSON, which YAML reads as lists and maps: Nunjucks' own `a,b` and `[object Object]` are never what was meant.
 */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  if (typeof value === 'function') throw new Refusal('a function cannot be printed', 'call it with ()')
  if (typeof value === 'object') return value instanceof RegExp ? String(value) : jsonOf(value)
  return `${value as number | boolean}`
}

/** A value as JSON. Lists that hold each other again and again would never come to an end. */
export const jsonOf = (value: unknown, indent?: number): string => {
  let count = 0
  const check = (inner: unknown, depth: number): void => {
    if (++count > maxValues) throw new Refusal('the value holds too many others')
    if (depth > maxNesting) throw new Refusal('the value nests too deep')
    if (typeof inner === 'object' && inner !== null) for (const each of Object.values(inner)) check(each, depth + 1)
  }
  check(value, 0)
  return JSON.stringify(value ?? null, null, indent)
}

/** The same value; throws where it is larger than a template needs. */
export const checkSize = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > maxLength) throw new Refusal('the text is too long')
  if (Array.isArray(value) && value.length > maxItems) throw new Refusal('the list is too long')
  return value
}
