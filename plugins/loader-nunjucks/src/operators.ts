import { Refusal } from './failure.js'
import { compileExpression } from './expressions.js'
import { holds } from './member.js'
import type { BinaryNode, CompareNode, Node, UnaryNode } from './nunjucks.js'
import type { Expression, Run } from './run.js'
import { placed, type Unit } from './unit.js'
import { checkSize, kindOf, textOf } from './values.js'

type Operate = (left: unknown, right: unknown, run: Run) => unknown
type Compile = (node: Node, unit: Unit) => Expression

const binary =
  (sign: string, operate: Operate): Compile =>
  (node, unit) => {
    const { left, right } = node as BinaryNode
    const one = compileExpression(left, unit)
    const other = compileExpression(right, unit)
    return placed(unit, left, `"${sign}"`, (run) => operate(one(run), other(run), run))
  }

const unary =
  (operate: (value: unknown) => unknown): Compile =>
  (node, unit) => {
    const value = compileExpression((node as UnaryNode).target, unit)
    return placed(unit, node, 'the sign', (run) => operate(value(run)))
  }

const arithmetic = (sign: string, operate: (left: number, right: number) => number): Compile =>
  binary(sign, (left, right) => operate(numberOf(left, sign), numberOf(right, sign)))

const numberOf = (value: unknown, sign: string): number => {
  if (typeof value === 'object' || typeof value === 'function' || Number.isNaN(Number(value))) {
    throw new Refusal(`"${sign}" needs numbers, found ${kindOf(value)}`)
  }
  return Number(value)
}

/** Lists are joined to one, as in Jinja; JavaScript would make a text of them. */
const add: Operate = (left, right, run) => {
  if (Array.isArray(left) && Array.isArray(right)) {
    const list: unknown[] = [...(left as unknown[]), ...(right as unknown[])]
    run.rendering.own.add(list)
    return checkSize(list)
  }
  for (const value of [left, right]) {
    if (typeof value === 'function' || (typeof value === 'object' && value !== null)) {
      throw new Refusal(`"+" cannot add ${kindOf(left)} and ${kindOf(right)}`)
    }
  }
  return checkSize((left as number) + (right as number))
}

const compileCompare: Compile = (node, unit) => {
  const { expr, ops } = node as CompareNode
  const first = compileExpression(expr, unit)
  const others = ops.map((op) => ({ compare: comparisons[op.type], value: compileExpression(op.expr, unit) }))
  return placed(unit, expr, 'the comparison', (run) => {
    let left = first(run)
    for (const { compare, value } of others) left = compare?.(left as number, value(run) as number)
    return left
  })
}

type Compare = (left: number, right: number) => boolean

// Loosely, as Nunjucks does: '1' == 1.
const comparisons: Readonly<Record<string, Compare>> = {
  // eslint-disable-next-line eqeqeq
  '==': (left, right) => left == right,
  '===': (left, right) => left === right,
  // eslint-disable-next-line eqeqeq
  '!=': (left, right) => left != right,
  '!==': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
}

const compileAnd: Compile = (node, unit) => {
  const left = compileExpression((node as BinaryNode).left, unit)
  const right = compileExpression((node as BinaryNode).right, unit)
  return (run) => left(run) && right(run)
}

const compileOr: Compile = (node, unit) => {
  const left = compileExpression((node as BinaryNode).left, unit)
  const right = compileExpression((node as BinaryNode).right, unit)
  return (run) => left(run) || right(run)
}

/** The operators of expressions, by the name of their node. */
export const operators: Readonly<Record<string, Compile>> = {
  Add: binary('+', add),
  Sub: arithmetic('-', (left, right) => left - right),
  Mul: arithmetic('*', (left, right) => left * right),
  Div: arithmetic('/', (left, right) => left / right),
  FloorDiv: arithmetic('//', (left, right) => Math.floor(left / right)),
  Mod: arithmetic('%', (left, right) => left % right),
  Pow: arithmetic('**', (left, right) => left ** right),
  Concat: binary('~', (left, right) => checkSize(textOf(left) + textOf(right))),
  In: binary('in', (left, right, { rendering }) => holds(right, left, rendering)),
  Neg: unary((value) => -numberOf(value, '-')),
  Pos: unary((value) => numberOf(value, '+')),
  Not: unary((value) => !value),
  And: compileAnd,
  Or: compileOr,
  Compare: compileCompare,
}
