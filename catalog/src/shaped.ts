import { didYouMean, type ErrorCode, schemaProblems, type ValuePath, z } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import { kindOf } from './kind-of.js'
import type { Places } from './places.js'
import { readWith } from './read-with.js'
import { valueAt } from './value-at.js'

interface Shape<S extends z.ZodType> {
  readonly schema: S
  readonly code: ErrorCode
  /** What it is, for messages: `the role "web"`. */
  readonly what: string
}

/** A value of the wanted shape; undefined after every mismatch was told with its place. */
export const shaped = <S extends z.ZodType>(
  { schema, code, what }: Shape<S>,
  value: unknown,
  places: Places,
  diagnostics: Diagnostics,
): z.output<S> | undefined => {
  const result = readWith(schema, value)
  if (result.success) return result.data
  for (const { path, message, unknownKeys } of schemaProblems(result.error)) {
    if (unknownKeys !== undefined) {
      const known = keysAt(schema, path)
      for (const key of unknownKeys) {
        diagnostics.add(code, `${what} has no key "${key}"`, {
          place: places.placeOfKey([...path, key]),
          hint: didYouMean(key, known) ?? (known.length === 0 ? undefined : `its keys are ${known.join(', ')}`),
        })
      }
      continue
    }
    const where = path.length === 0 ? what : `${what}: "${path.join('.')}"`
    diagnostics.add(code, `${where}: ${message}, found ${kindOf(valueAt(value, path))}`, {
      place: places.placeOf(path),
    })
  }
  return undefined
}

/** The keys that a map may have at this path of the schema; none where they cannot be told. */
export const keysAt = (schema: z.ZodType, path: ValuePath): readonly string[] => {
  let inner: unknown = schema
  for (const step of [...path, undefined]) {
    inner = mapIn(inner, typeof step === 'number')
    if (step === undefined) break
    if (inner instanceof z.ZodObject) inner = (inner.shape as Record<string, unknown>)[String(step)]
    else if (inner instanceof z.ZodRecord) inner = inner.valueType
    else if (inner instanceof z.ZodArray) inner = inner.element
    else return []
  }
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

/** Inside defaults, options and unions, what holds further values. */
const mapIn = (schema: unknown, isList: boolean): unknown => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return mapIn(schema.unwrap(), isList)
  if (!(schema instanceof z.ZodUnion)) return schema
  return schema.options
    .map((option) => mapIn(option, isList))
    .find((option) => option instanceof (isList ? z.ZodArray : z.ZodObject))
}
