import { didYouMean } from '@prove/core'
import { compileCall, compileCaller } from './calls.js'
import { undefinedName, visibleNames } from './failure.js'
import { compileFilter } from './filter-calls.js'
import { notGiven } from './frame.js'
import { memberNames, memberOf } from './member.js'
import type { IfNode, ListNode, LookupNode, Node, PairNode, ValueNode } from './nunjucks.js'
import { operators } from './operators.js'
import type { Expression, Run } from './run.js'
import { compileCapture } from './statements.js'
import { compileTest } from './tests.js'
import { nameIn, placed, shown, type Unit } from './unit.js'
import { kindOf } from './values.js'

/**
 * An expression whose names must all be defined. With `isLenient` a name or member that is not there gives undefined: what
 * `is defined` and `default` ask of.
 */
export const compileExpression = (node: Node, unit: Unit, isLenient = false): Expression => {
  const compile = compilers[node.typename] ?? operators[node.typename]
  if (compile === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'a value is missing', node)
  return compile(node, unit, isLenient)
}

type Compile = (node: Node, unit: Unit, isLenient: boolean) => Expression

const compileSymbol = (node: Node, unit: Unit, isLenient: boolean): Expression => {
  const name = String((node as ValueNode).value)
  if (isLenient) unit.probed.add(name)
  return (run) => {
    const own = run.frame.lookup(name)
    const value = own === undefined ? run.rendering.lookup(name) : own
    if (value !== undefined && value !== notGiven) return value
    if (isLenient) return undefined
    throw undefinedName(unit.source, node, name, visibleNames(run.frame, run.rendering.names))
  }
}

const compileLookup = (node: Node, unit: Unit, isLenient: boolean): Expression => {
  const { target, val } = node as LookupNode
  const of = compileExpression(target, unit, isLenient)
  if (val === null) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'an index is missing', node)
  const key = compileExpression(val, unit)
  return placed(unit, val, shown(node) ?? 'the member', (run) => {
    const value = of(run)
    const name = key(run)
    const member = memberOf(value, name, run.rendering)
    if (member !== undefined || isLenient) return member
    const [message, hint] = missing(target, value, name, run)
    throw unit.source.error('PRV_TEMPLATE_UNDEFINED', message, val, { hint })
  })
}

/** What to say of a member that is not there, and what may have been meant. */
const missing = (target: Node, value: unknown, key: unknown, run: Run): readonly [string, string | undefined] => {
  const name = shown(target)
  if (value === null) return [`${name ?? 'a value'} is null and has no ${quoted(key)}`, undefined]
  const said = `${name ?? kindOf(value)} has no ${quoted(key)}`
  if (typeof key === 'number') return [said, Array.isArray(value) ? `it has ${value.length} items` : undefined]
  return [said, didYouMean(String(key), memberNames(value, run.rendering))]
}

const quoted = (key: unknown): string => (typeof key === 'number' ? `item ${key}` : `"${String(key)}"`)

const compileArray = (node: Node, unit: Unit): Expression => {
  const items = (node as ListNode).children.map((child) => compileExpression(child, unit))
  return (run) => {
    const list = items.map((item) => item(run))
    run.rendering.own.add(list)
    return list
  }
}

const compileDict = (node: Node, unit: Unit): Expression => {
  const pairs = (node as ListNode).children.map((child) => {
    const { key, value } = child as PairNode
    const name = nameIn(key)
    if (name === undefined) {
      const hint = 'put the key in quotes'
      throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'the key of a map must be a name or a text', key, { hint })
    }
    return [name, compileExpression(value, unit)] as const
  })
  // fromEntries makes even a key of __proto__ plain data.
  return (run) => Object.fromEntries(pairs.map(([name, value]) => [name, value(run)]))
}

const compileLiteral = (node: Node): Expression => {
  const { value } = node as ValueNode
  // Regular expressions remember where they found something: each use has its own.
  return value instanceof RegExp ? () => new RegExp(value.source, value.flags) : () => value
}

const compileGroup = (node: Node, unit: Unit, isLenient: boolean): Expression => {
  const { children } = node as ListNode
  const last = children.at(-1)
  if (last === undefined || children.length > 1) {
    throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'there must be one value between the brackets', node)
  }
  return compileExpression(last, unit, isLenient)
}

const compileInlineIf = (node: Node, unit: Unit, isLenient: boolean): Expression => {
  const { cond, body, else_ } = node as IfNode
  const condition = compileExpression(cond, unit)
  const yes = compileExpression(body, unit, isLenient)
  const no = else_ === null ? () => '' : compileExpression(else_, unit, isLenient)
  return (run) => (condition(run) ? yes(run) : no(run))
}

const compilers: Readonly<Record<string, Compile>> = {
  Symbol: compileSymbol,
  LookupVal: compileLookup,
  Array: compileArray,
  Dict: compileDict,
  Literal: compileLiteral,
  Group: compileGroup,
  InlineIf: compileInlineIf,
  FunCall: (node, unit) => compileCall(node, unit),
  Caller: (node, unit) => compileCaller(node, unit),
  Filter: (node, unit, isLenient) => compileFilter(node, unit, isLenient),
  Capture: (node, unit) => compileCapture(node, unit),
  Is: (node, unit) => compileTest(node, unit),
}
