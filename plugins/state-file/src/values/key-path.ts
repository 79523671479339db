import { blocked, type Blocked, isMap, type Json, z } from '@prove/core'

/** Names of maps, and indices of lists, from the outside in. */
export type KeyPath = readonly (string | number)[]

/** What a document, or a part of one, holds; undefined for nothing. */
export interface Holding {
  readonly holds: Json | undefined
}

/** The place of a value in a document. */
export const keyArgument: z.ZodType<KeyPath, string | (string | number)[]> = z
  .union([z.string().min(1), z.array(z.union([z.string(), z.int().nonnegative()])).min(1)])
  .transform((key): KeyPath => (typeof key === 'string' ? key.split('.') : key))
  .meta({
    description:
      'The place of the value: names with dots between them, or a list of names, and of numbers for places in lists.',
    kind: 'names with dots, or a list',
  })

/** Any value that JSON has. */
export const valueArgument: z.ZodType<Json> = z.json().meta({
  description: 'The value: a text, a number, true or false, null, a list or a map.',
  kind: 'any value',
})

export const pathText = (path: KeyPath): string => path.map(String).join('.')

const typeText = (value: Json): string =>
  Array.isArray(value) ? 'a list' : isMap(value) ? 'a map' : value === null ? 'null' : `a ${typeof value}`

/** What a document holds with a value at a place, or without one there; or why it cannot. */
export const withValue = (document: Json, path: KeyPath, value: Json | undefined): Holding | Blocked => {
  const [step, ...rest] = path
  if (step === undefined) return { holds: value }
  if (Array.isArray(document)) return inList(document, step, rest, value)
  if (!isMap(document)) return blocked(`what should hold "${step}" is ${typeText(document)}`)
  const inner = inside(Object.hasOwn(document, step) ? document[step] : undefined, rest, value)
  if (!('holds' in inner)) return inner
  const others = Object.fromEntries(Object.entries(document).filter(([name]) => name !== String(step)))
  return { holds: inner.holds === undefined ? others : { ...document, [step]: inner.holds } }
}

const inList = (
  list: readonly Json[],
  step: string | number,
  rest: KeyPath,
  value: Json | undefined,
): Holding | Blocked => {
  const index = /^\d+$/.test(String(step)) ? Number(step) : undefined
  if (index === undefined) return blocked(`what should hold "${step}" is a list`)
  // What is removed today would be another in the next run.
  if (value === undefined && rest.length === 0)
    return blocked('places in lists move: only what has a name can be removed')
  if (index > list.length) return blocked(`the list has ${list.length} entries, and no place ${index}`)
  const inner = inside(list[index], rest, value)
  if (!('holds' in inner)) return inner
  return { holds: inner.holds === undefined ? list.toSpliced(index, 1) : list.toSpliced(index, 1, inner.holds) }
}

/** What is missing on the way is made as maps; to remove something nothing is made. */
const inside = (current: Json | undefined, rest: KeyPath, value: Json | undefined): Holding | Blocked => {
  if (rest.length === 0) return { holds: value }
  if (current !== undefined && current !== null) return withValue(current, rest, value)
  return value === undefined ? { holds: current } : withValue({}, rest, value)
}

/** A value inside the maps that lead to it. */
export const nested = (path: KeyPath, value: Json): Json =>
  path.reduceRight<Json>((inner, step) => ({ [String(step)]: inner }), value)
