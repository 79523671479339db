import { didYouMean } from '@prove/core'
import { argumentsIn, compileArguments, compilePrintedCall, type Printed } from './calls.js'
import { compileExpression } from './expressions.js'
import { filterContext, filters } from './filters.js'
import { type CallNode, type CaptureNode, type Node, SafeString } from './nunjucks.js'
import { type Origin, Output } from './output.js'
import type { Expression, Run } from './run.js'
import { compileStatement } from './statements.js'
import { guard, nameIn, type Unit } from './unit.js'
import { checkSize, kindOf } from './values.js'

type Apply = (input: unknown, run: Run) => unknown

/** A value that went through a filter. */
export const compileFilter = (node: Node, unit: Unit, isLenient: boolean): Expression => {
  const { name, args } = node as CallNode
  const [input] = args.children
  if (input === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'a value is missing', node)
  const called = nameIn(name)
  if (called === 'default' || called === 'd') return compileDefault(input, args.children.slice(1), unit, isLenient)
  const value = compileExpression(input, unit)
  const apply = compileApply(node as CallNode, unit, isLenient)
  return (run) => apply(value(run), run)
}

/** A printed value that keeps the lines it was rendered from; `origin` is that of the whole. */
export const compilePrinted = (node: Node, unit: Unit, origin: Origin): ((run: Run) => Printed) => {
  if (node.typename === 'FunCall') return compilePrintedCall(node, unit)
  if (node.typename === 'Capture') return compilePrintedCapture(node as CaptureNode, unit)
  if (node.typename === 'Filter') return compilePrintedFilter(node as CallNode, unit, origin)
  const value = compileExpression(node, unit)
  return (run) => ({ value: value(run), output: undefined })
}

const compilePrintedCapture = ({ body }: CaptureNode, unit: Unit): ((run: Run) => Printed) => {
  const statement = compileStatement(body, unit)
  return (run) => {
    const output = captured(run, () => statement(run))
    return { value: output.text(), output }
  }
}

/** What is printed meanwhile. */
export const captured = (run: Run, print: () => void): Output => {
  const outside = run.out
  const output = new Output()
  run.out = output
  print()
  run.out = outside
  return output
}

const compilePrintedFilter = (node: CallNode, unit: Unit, origin: Origin): ((run: Run) => Printed) => {
  const [input] = node.args.children
  if (input === undefined || !['FunCall', 'Capture', 'Filter'].includes(input.typename) || isDefault(node)) {
    const value = compileFilter(node, unit, false)
    return (run) => ({ value: value(run), output: undefined })
  }
  const printed = compilePrinted(input, unit, origin)
  const apply = compileApply(node, unit, false)
  return (run) => {
    const { value: before, output } = printed(run)
    const value = apply(before, run)
    if (output === undefined || typeof value !== 'string') return { value, output: undefined }
    const filtered = new Output()
    filtered.addFiltered(value, output, origin)
    return { value, output: filtered }
  }
}

const isDefault = ({ name }: CallNode): boolean => /^d(?:efault)?$/.test(nameIn(name) ?? '')

const compileApply = ({ name, args }: CallNode, unit: Unit, isLenient: boolean): Apply => {
  const called = nameIn(name) ?? ''
  const filter = filters.get(called)
  if (filter === undefined) {
    throw unit.source.error('PRV_TEMPLATE_UNDEFINED', `there is no filter "${called}"`, name, {
      hint: didYouMean(called, [...filters.keys(), 'default']),
    })
  }
  const given = compileArguments(args.children.slice(1), unit)
  return (value, run) => {
    const values = argumentsIn(run, given)
    const filtered = (): unknown => checkSize(unwrapped(filter.call(filterContext, value, ...values)))
    const result = guard(unit, name, () => `the filter "${called}" on ${kindOf(value)}`, filtered)
    if (result !== undefined || isLenient) return result
    const said = `the filter "${called}" finds nothing in ${kindOf(value)}`
    throw unit.source.error('PRV_TEMPLATE_UNDEFINED', said, name, { hint: 'add | default(…)' })
  }
}

const unwrapped = (value: unknown): unknown => (value instanceof SafeString ? value.toString() : value)

/** The value, or another one where a name or member of it is not defined. */
const compileDefault = (input: Node, args: readonly Node[], unit: Unit, isLenient: boolean): Expression => {
  const value = compileExpression(input, unit, true)
  const [first] = args
  const otherwise =
    first === undefined || first.typename === 'KeywordArgs' ? () => '' : compileExpression(first, unit, isLenient)
  const { values, named } = compileArguments(first?.typename === 'KeywordArgs' ? args : args.slice(1), unit)
  const whenFalse = values[0] ?? named.find(([name]) => name === 'boolean')?.[1] ?? (() => false)
  return (run) => {
    const found = value(run)
    if (found === undefined) return otherwise(run)
    return found || !whenFalse(run) ? found : otherwise(run)
  }
}
