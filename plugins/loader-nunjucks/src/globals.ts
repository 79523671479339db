import { Refusal } from './failure.js'
import { maxItems } from './limits.js'

const range = (...args: readonly unknown[]): readonly number[] => {
  const numbers = args.map((arg) => {
    if (typeof arg !== 'number' || !Number.isFinite(arg)) throw new Refusal('range needs numbers')
    return arg
  })
  const [first = 0, second, third] = numbers
  const [start, stop] = second === undefined ? [0, first] : [first, second]
  const step = third === undefined || third === 0 ? 1 : third
  const length = Math.max(Math.ceil((stop - start) / step), 0)
  if (length > maxItems) throw new Refusal(`range would give ${length} numbers, it gives ${maxItems} at most`)
  return Array.from({ length }, (_, index) => start + index * step)
}

const cycler = (...items: readonly unknown[]): Readonly<Record<string, unknown>> => {
  let index = -1
  return {
    get current() {
      return index < 0 ? null : items[index]
    },
    next() {
      index = (index + 1) % Math.max(items.length, 1)
      return items[index]
    },
    reset() {
      index = -1
    },
  }
}

const joiner = (separator: unknown = ','): (() => unknown) => {
  let isFirst = true
  return () => {
    const text = isFirst ? '' : separator
    isFirst = false
    return text
  }
}

/** The functions that every template sees: Nunjucks' own, with a bound on what `range` gives. */
export const globals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['range', range],
  ['cycler', cycler],
  ['joiner', joiner],
])
