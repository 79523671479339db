import type { ValuePath } from '@prove/core'

/** What keeps a value from being plain data, and where. */
export interface NotPlain {
  readonly path: ValuePath
  readonly problem: string
}

/** Values that were looked at and found plain; a configuration gives the same ones to many targets. */
const plainOnes = new WeakSet<object>()

/** Code may give anything; what is no plain data could be neither merged nor printed. Undefined where nothing is wrong. */
export const notPlain = (
  value: unknown,
  path: ValuePath = [],
  around: readonly object[] = [],
): NotPlain | undefined => {
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') {
    return { path, problem: `is a ${typeof value}` }
  }
  if (typeof value !== 'object' || value === null || plainOnes.has(value)) return undefined
  if (around.includes(value)) return { path, problem: 'holds itself' }
  if (!isPlainObject(value)) return { path, problem: `is an instance of ${nameOfClass(value)}` }
  for (const [key, inner] of Object.entries(value)) {
    const found = notPlain(inner, [...path, key], [...around, value])
    if (found !== undefined) return found
  }
  plainOnes.add(value)
  return undefined
}

/** Also of another realm: a configuration in TypeScript may be run in one. */
const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}

const nameOfClass = (value: object): string => {
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } }
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : 'a class'
}
