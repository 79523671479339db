import type { LateValue } from '../contracts/late.js'
import { isMap } from '../json.js'

/** True for a map whose only key is `$late`. */
export const isLateValue = (value: unknown): value is LateValue => {
  if (!isMap(value) || !Object.hasOwn(value, '$late')) return false
  return Object.keys(value).length === 1
}

/** Whether plain data is a late value, or holds one somewhere. */
export const holdsLate = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  return isLateValue(value) || Object.values(value).some(holdsLate)
}
