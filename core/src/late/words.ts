/** What a value is, for messages, which never show values: they may be secrets. */
export const inWords = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'a text'
    case 'object':
      return 'a map'
    default:
      return `a ${typeof value}`
  }
}

/** False, null, 0 and what is empty do not hold; all else does. */
export const truthy = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}
