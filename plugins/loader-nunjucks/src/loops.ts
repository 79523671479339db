import { compileExpression } from './expressions.js'
import { Refusal } from './failure.js'
import { Frame } from './frame.js'
import type { ForNode, ListNode, Node } from './nunjucks.js'
import type { Statement } from './run.js'
import { compileStatement } from './statements.js'
import { guard, nameIn, placed, startOf, type Unit } from './unit.js'
import { kindOf } from './values.js'

/** A loop over the items of a list, the characters of a text, or the keys of a map; null has none. */
export const compileFor = (node: Node, unit: Unit): Statement => {
  const { arr, name, body, else_ } = node as ForNode
  const names = namesIn(name, unit)
  const all = compileExpression(arr, unit)
  const each = compileStatement(body, unit)
  const otherwise = else_ === null ? undefined : compileStatement(else_, unit)
  const [only, second] = names
  const items = placed(unit, startOf(arr), 'the loop', (run) => itemsOf(all(run), names.length))
  return placed(unit, node, 'the loop', (run) => {
    const outside = run.frame
    run.frame = new Frame(outside, false)
    const list = items(run)
    // The list is asked for its length in each round: the body may push to it.
    for (let index = 0; index < list.length; index++) {
      run.rendering.countRound()
      run.frame.names.set('loop', loopAt(index, list.length))
      const value = list[index] ?? null
      if (only !== undefined && second === undefined) run.frame.names.set(only, value)
      else
        guard(
          unit,
          name,
          () => 'the loop',
          () => bindItem(run.frame, names, value),
        )
      each(run)
    }
    if (list.length === 0) otherwise?.(run)
    run.frame = outside
  })
}

const namesIn = (node: Node, unit: Unit): readonly string[] =>
  (node.typename === 'Array' ? (node as ListNode).children : [node]).map((each) => {
    const name = each.typename === 'Symbol' ? nameIn(each) : undefined
    if (name === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'the name of an item must be a name', each)
    return name
  })

const itemsOf = (value: unknown, names: number): readonly unknown[] => {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value as readonly unknown[]
  if (typeof value === 'string') return [...value]
  if (typeof value !== 'object') throw new Refusal(`cannot loop over ${kindOf(value)}`)
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>)
  return names === 1 ? Object.keys(value) : Object.entries(value)
}

const bindItem = (frame: Frame, names: readonly string[], value: unknown): void => {
  if (!Array.isArray(value) || value.length < names.length) {
    const found = Array.isArray(value) ? `a list of ${value.length}` : kindOf(value)
    throw new Refusal(`each item must be a list of ${names.length} values, found ${found}`)
  }
  for (const [index, name] of names.entries()) frame.names.set(name, (value as unknown[])[index] ?? null)
}

const loopAt = (index: number, length: number): Readonly<Record<string, unknown>> => ({
  index: index + 1,
  index0: index,
  revindex: length - index,
  revindex0: length - index - 1,
  first: index === 0,
  last: index === length - 1,
  length,
})
