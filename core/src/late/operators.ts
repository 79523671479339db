import type { Operator } from '../contracts/late.js'
import { canonicalJson, isMap } from '../json.js'
import { inWords } from './words.js'

/** What becomes of two values; the problem says what they are, never their content. */
export type Computed = { readonly value: unknown } | { readonly problem: string }

type Compute = (left: unknown, right: unknown) => Computed

/** The operators that always look at both sides. */
export type EagerOperator = Exclude<Operator, 'and' | 'or'>

export const compute = (operator: EagerOperator, left: unknown, right: unknown): Computed =>
  operators[operator](left, right)

const isEqual = (left: unknown, right: unknown): boolean => canonicalJson(left ?? null) === canonicalJson(right ?? null)

const ordering =
  (symbol: string, holds: (sign: number) => boolean): Compute =>
  (left, right) => {
    const isNumbers = typeof left === 'number' && typeof right === 'number'
    const isTexts = typeof left === 'string' && typeof right === 'string'
    if (!isNumbers && !isTexts) {
      return { problem: `cannot compare ${inWords(left)} with ${inWords(right)} by "${symbol}"` }
    }
    return { value: holds(left < right ? -1 : Number(left > right)) }
  }

const arithmetic =
  (symbol: string, calculate: (left: number, right: number) => number): Compute =>
  (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') {
      return { problem: `"${symbol}" takes two numbers, found ${inWords(left)} and ${inWords(right)}` }
    }
    if ((symbol === '/' || symbol === '%') && right === 0) return { problem: `"${symbol}" divides by zero` }
    const value = calculate(left, right)
    // JSON has no such number, and what is made of these values travels as JSON.
    return Number.isFinite(value) ? { value } : { problem: `the result of "${symbol}" is too large` }
  }

const addNumbers = arithmetic('+', (left, right) => left + right)

const add: Compute = (left, right) => {
  if (typeof left === 'string' && typeof right === 'string') return { value: left + right }
  if (Array.isArray(left) && Array.isArray(right)) return { value: [...(left as unknown[]), ...(right as unknown[])] }
  if (typeof left === 'number' && typeof right === 'number') return addNumbers(left, right)
  return { problem: `"+" takes two numbers, texts or lists, found ${inWords(left)} and ${inWords(right)}` }
}

const contains: Compute = (item, container) => {
  if (Array.isArray(container)) return { value: container.some((each) => isEqual(each, item)) }
  const isKeyed = isMap(container) || typeof container === 'string'
  if (isKeyed && typeof item === 'string') {
    return { value: isMap(container) ? Object.hasOwn(container, item) : container.includes(item) }
  }
  return { problem: `"in" cannot look for ${inWords(item)} in ${inWords(container)}` }
}

const operators: Readonly<Record<EagerOperator, Compute>> = {
  '==': (left, right) => ({ value: isEqual(left, right) }),
  '!=': (left, right) => ({ value: !isEqual(left, right) }),
  '<': ordering('<', (sign) => sign < 0),
  '<=': ordering('<=', (sign) => sign <= 0),
  '>': ordering('>', (sign) => sign > 0),
  '>=': ordering('>=', (sign) => sign >= 0),
  '+': add,
  '-': arithmetic('-', (left, right) => left - right),
  '*': arithmetic('*', (left, right) => left * right),
  '/': arithmetic('/', (left, right) => left / right),
  '%': arithmetic('%', (left, right) => left % right),
  in: contains,
}
