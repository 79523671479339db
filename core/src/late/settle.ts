import { isMap } from '../json.js'
import { type Evaluated, evaluate, gather, type LateScope } from './evaluate.js'
import { isLateValue } from './is-late.js'

/** The same plain data with every late value replaced. All of them are asked for together. */
export const settle = (value: unknown, scope: LateScope): Evaluated => {
  if (isLateValue(value)) {
    const { $late: tree } = value
    return typeof tree === 'string' ? { problem: 'a late value was not compiled' } : evaluate(tree, scope)
  }
  if (Array.isArray(value)) return settleAll(value, scope, (items) => items)
  if (!isMap(value)) return { value }
  const names = Object.keys(value)
  return settleAll(Object.values(value), scope, (values) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]])),
  )
}

const settleAll = (
  items: readonly unknown[],
  scope: LateScope,
  make: (values: readonly unknown[]) => unknown,
): Evaluated => {
  const results = items.map((item) => settle(item, scope))
  return gather(results, (values) => ({ value: make(values) }))
}
