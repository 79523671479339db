import { didYouMean } from '@prove/core'
import { argumentsIn, compileArguments } from './calls.js'
import { compileExpression } from './expressions.js'
import type { BinaryNode, CallNode, Node, ValueNode } from './nunjucks.js'
import { testsOfNunjucks } from './nunjucks.js'
import type { Expression } from './run.js'
import { placed, type Unit } from './unit.js'

type Test = (value: unknown, ...args: readonly unknown[]) => boolean

/** What `is` can ask: Nunjucks' own tests, and those of Jinja's that data of YAML gives a use to. */
export const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ...Object.entries(testsOfNunjucks).map(([name, test]): [string, Test] => [
    name,
    (...args) => test.apply(undefined, args) === true,
  ]),
  ['boolean', (value) => typeof value === 'boolean'],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['integer', (value) => Number.isInteger(value)],
  ['float', (value) => typeof value === 'number' && !Number.isInteger(value)],
  ['sequence', (value) => Array.isArray(value) || typeof value === 'string'],
  ['iterable', (value) => Array.isArray(value) || typeof value === 'string'],
])

/** A question that `is` asks; only `defined` and `undefined` may ask it of a name that is not there. */
export const compileTest = (node: Node, unit: Unit): Expression => {
  const { left, right } = node as BinaryNode
  const named = right.typename === 'FunCall' ? (right as CallNode).name : right
  const name = String((named as ValueNode).value)
  const test = tests.get(name)
  if (test === undefined) {
    throw unit.source.error('PRV_TEMPLATE_UNDEFINED', `there is no test "${name}"`, named, {
      hint: didYouMean(name, tests.keys()),
    })
  }
  const value = compileExpression(left, unit, name === 'defined' || name === 'undefined')
  const args = compileArguments(right.typename === 'FunCall' ? (right as CallNode).args.children : [], unit)
  return placed(unit, named, `the test "${name}"`, (run) => test(value(run), ...argumentsIn(run, args)))
}
