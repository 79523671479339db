import { ProveError } from '@prove/core'
import { undefinedName, visibleNames } from './failure.js'
import { compileExpression } from './expressions.js'
import { Frame } from './frame.js'
import { macroBehind, makeMacro } from './macros.js'
import { type CallNode, type ListNode, type MacroNode, named, type Node, type PairNode } from './nunjucks.js'
import { Output } from './output.js'
import type { Expression, Run } from './run.js'
import { nameIn, placed, shown, startOf, type Unit } from './unit.js'
import { checkSize, kindOf } from './values.js'

/** A value, and how it was rendered when it is the text of a macro, a block or a set of lines. */
export interface Printed {
  readonly value: unknown
  readonly output: Output | undefined
}

export interface Arguments {
  readonly values: readonly Expression[]
  readonly named: readonly (readonly [string, Expression])[]
}

/** The arguments of a call, a filter or a test. */
export const compileArguments = (args: readonly Node[], unit: Unit): Arguments => {
  const last = args.at(-1)
  const pairs = last?.typename === 'KeywordArgs' ? (last as ListNode).children : []
  const values = last?.typename === 'KeywordArgs' ? args.slice(0, -1) : args
  return {
    values: values.map((arg) => compileExpression(arg, unit)),
    named: pairs.map((pair) => {
      const { key, value } = pair as PairNode
      const name = nameIn(key)
      if (name === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'an argument needs a name before =', key)
      return [name, compileExpression(value, unit)] as const
    }),
  }
}

/** The values of arguments, as functions of JavaScript get them. */
export const argumentsIn = (run: Run, { values, named: pairs }: Arguments): readonly unknown[] => {
  const given = values.map((value) => value(run))
  if (pairs.length === 0) return given
  return [...given, named(Object.fromEntries(pairs.map(([name, value]) => [name, value(run)])))]
}

/** A call whose output keeps its lines. */
export const compilePrintedCall = (node: Node, unit: Unit): ((run: Run) => Printed) => {
  const { name, args } = node as CallNode
  if (name.typename === 'Symbol' && nameIn(name) === 'super') return compileSuper(name, unit)
  const callee = compileExpression(name, unit)
  const given = compileArguments(args.children, unit)
  return placed(unit, startOf(name), `the call`, (run): Printed => {
    const called = callee(run)
    if (typeof called !== 'function') throw notCallable(shown(name) ?? 'this', called)
    const macro = macroBehind(called)
    if (macro === undefined) {
      const result = (called as (...values: readonly unknown[]) => unknown)(...argumentsIn(run, given))
      return { value: checkSize(result === undefined ? null : result), output: undefined }
    }
    const output = new Output()
    const values = given.values.map((value) => value(run))
    macro(output, values, new Map(given.named.map(([key, value]) => [key, value(run)])))
    return { value: output.text(), output }
  })
}

const notCallable = (name: string, called: unknown): ProveError =>
  new ProveError('PRV_TEMPLATE_FAILED', `${name} is ${kindOf(called)} and cannot be called`, {
    hint: 'remove the ()',
  })

/** A call of which only the value is wanted. */
export const compileCall = (node: Node, unit: Unit): Expression => {
  const call = compilePrintedCall(node, unit)
  return (run) => call(run).value
}

const compileSuper =
  (node: Node, unit: Unit) =>
  (run: Run): Printed => {
    if (run.block === undefined) {
      throw undefinedName(unit.source, node, 'super', visibleNames(run.frame, run.rendering.names))
    }
    const { name, level } = run.block
    const block = run.blocks.get(name)?.[level + 1]
    if (block === undefined) {
      throw unit.source.error('PRV_TEMPLATE_FAILED', `no other template has a block "${name}"`, node, {
        hint: 'remove super()',
      })
    }
    const output = new Output()
    block({
      ...run,
      parent: undefined,
      out: output,
      frame: new Frame(run.frame, true),
      block: { name, level: level + 1 },
    })
    return { value: output.text(), output }
  }

/** The body of `{% call %}`, which the macro prints by `caller()`. */
export const compileCaller = (node: Node, unit: Unit): Expression => makeMacro(node as MacroNode, 'caller', unit)
