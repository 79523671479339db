/** A value as errors name it: `a list`, `the number 5`. Long texts are cut. */
export const kindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  // JSON has no numbers such as .inf, and none of what code may give.
  const isNumber = typeof value === 'number' || typeof value === 'bigint'
  const text = isNumber ? value.toString() : (JSON.stringify(value) ?? 'of code')
  return `the ${typeof value} ${text.length > 80 ? `${text.slice(0, 77)}…${text.startsWith('"') ? '"' : ''}` : text}`
}
