import { isMap } from '@prove/core'
import type { FactNode, FactTest, OrderOperator } from './expression.js'
import { patternTest } from './pattern.js'

export type FactValues = Readonly<Record<string, unknown>>

/**
 * Ungathered: nobody asked the target for it. Absent: what lies around it is known, and holds no such key. Hidden: what lies
 * around it is null, so that nothing can be said of the key.
 */
export type FoundFact =
  | { readonly state: 'given'; readonly value: unknown }
  | { readonly state: 'absent' | 'hidden' | 'ungathered' }

/** Looks a fact up by its name, of which the last words may lead into a map: `memory.total`. */
export const findFact = (facts: FactValues, name: string): FoundFact => {
  const words = name.split('.')
  for (let count = words.length; count > 0; count--) {
    const key = words.slice(0, count).join('.')
    if (Object.hasOwn(facts, key)) return descend(facts[key], words.slice(count))
  }
  return { state: 'ungathered' }
}

const descend = (start: unknown, words: readonly string[]): FoundFact => {
  let value = start
  for (const word of words) {
    if (value === null || value === undefined) return { state: 'hidden' }
    if (!isMap(value) || !Object.hasOwn(value, word)) return { state: 'absent' }
    value = value[word]
  }
  return { state: 'given', value }
}

/** The test of a fact's value. What a target does not have is null, and equals nothing. */
export const factTest = ({ test }: FactNode): ((value: unknown) => boolean) => {
  if (test === undefined) return isPresent
  if ('number' in test) return orderTest(test)
  const fits = patternTest(test.pattern)
  const equals = (value: unknown): boolean =>
    Array.isArray(value) ? value.some(equals) : isPlain(value) && fits(String(value))
  return test.operator === '=' ? equals : (value) => !equals(value)
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean', 'bigint'].includes(typeof value)

const isPresent = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value)
}

const comparisons: Readonly<Record<OrderOperator, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
}

const orderTest = ({ operator, number }: Extract<FactTest, { number: string }>): ((value: unknown) => boolean) => {
  const holds = comparisons[operator]
  return (value) => {
    const sign = typeof value === 'number' ? compareNumbers(value, number) : compareVersions(value, number)
    return sign !== undefined && holds(sign)
  }
}

const compareNumbers = (value: number, number: string): number | undefined => {
  const wanted = Number(number)
  return Number.isNaN(wanted) ? compareVersions(String(value), number) : value - wanted
}

/** Numbers in texts are versions: 12.10 is later than 12.4. Undefined where the text does not begin with one. */
const compareVersions = (value: unknown, number: string): number | undefined => {
  const words = typeof value === 'string' ? /^-?\d+(?:\.\d+)*/.exec(value)?.[0].split('.') : undefined
  if (words === undefined) return undefined
  const wanted = number.split('.')
  for (let i = 0; i < Math.max(words.length, wanted.length); i++) {
    const difference = Number(words[i] ?? 0) - Number(wanted[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
