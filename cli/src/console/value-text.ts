import { isMap } from '@prove/core'

/** A value on one line: text as it is, unless it has several lines; other things as JSON. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' && !value.includes('\n') ? value : JSON.stringify(value)

/** A value on one line that is easy on the eye: no quotes where none are needed. */
export const easyText = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(easyInner).join(', ')
  if (!isMap(value)) return value === null ? 'none' : valueText(value)
  const entries = Object.entries(value)
  return entries.length === 0 ? 'none' : entries.map(([key, each]) => `${key} ${easyInner(each)}`).join(', ')
}

const easyInner = (value: unknown): string =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? Array.isArray(value)
      ? `[${easyText(value)}]`
      : `{${easyText(value)}}`
    : easyText(value)
