import { isMap, type ValuePath } from '@prove/core'
import type { FieldName } from './fields.js'

/** Where a field with this value is written: at the part at this path, at its state, or at a group around them. */
export const fieldPath = (data: unknown, path: ValuePath, field: FieldName, value: unknown): ValuePath => {
  let found: ValuePath = [...path, field]
  let at = data
  for (const [depth, step] of [...path, ''].entries()) {
    if (isMap(at) && at[field] === value) found = [...path.slice(0, depth), field]
    at = (at as Readonly<Record<string, unknown>> | null | undefined)?.[step]
  }
  return found
}
