import { withoutCredentials } from '@prove/core'

/** A value as errors name it: `a list`, `the number 5`. Long texts are cut, and addresses are told without what lets in. */
export const kindOf = (value: unknown): string => {
  if (typeof value === 'object' || value === undefined) return bareKindOf(value)
  const text = textOf(value)
  return `the ${typeof value} ${text.length > 80 ? `${text.slice(0, 77)}…${text.startsWith('"') ? '"' : ''}` : text}`
}

/** What kind of value it is, and nothing of a text or a number: it is a secret. */
export const bareKindOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : `a ${typeof value}`
}

const textOf = (value: unknown): string => {
  // JSON has no numbers such as .inf, and none of what code may give.
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString()
  return JSON.stringify(typeof value === 'string' ? withoutCredentials(value) : value) ?? 'of code'
}
