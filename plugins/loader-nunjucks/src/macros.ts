import { didYouMean, ProveError } from '@prove/core'
import { compileExpression } from './expressions.js'
import { Refusal } from './failure.js'
import { Frame, notGiven } from './frame.js'
import type { ListNode, MacroNode, Node, PairNode } from './nunjucks.js'
import { Output } from './output.js'
import type { Expression, Run, Statement } from './run.js'
import { compileStatement } from './statements.js'
import { nameIn, type Unit } from './unit.js'

/** Prints a macro; throws without a place when the arguments do not fit. */
type PrintMacro = (output: Output, values: readonly unknown[], named: ReadonlyMap<string, unknown>) => void

interface Parameter {
  readonly name: string
  readonly otherwise: Expression | undefined
  /** The body asks whether it is there. */
  readonly isOptional: boolean
}

interface MacroShape {
  readonly name: string
  readonly isCaller: boolean
  readonly parameters: readonly Parameter[]
  readonly body: Statement
}

const macros = new WeakMap<object, PrintMacro>()

/** The macro that a function is; undefined for any other function. */
export const macroBehind = (called: object): PrintMacro | undefined => macros.get(called)

/** Makes a function of a macro, which sees the names around its definition. */
export const makeMacro = ({ args, body, typename }: MacroNode, name: string, unit: Unit): Expression => {
  // Names that only this body asks for must not make arguments of other macros optional.
  const inner: Unit = { ...unit, probed: new Set() }
  const statement = compileStatement(body, inner)
  const parameters = args.children.flatMap((arg) => parametersIn(arg, inner))
  for (const probed of inner.probed) unit.probed.add(probed)
  const shape = { name, isCaller: typename === 'Caller', parameters, body: statement }
  return (run) => {
    const around = run.frame
    const print: PrintMacro = (output, values, given) =>
      printMacro(shape, { ...run, frame: new Frame(around, true), out: output, parent: undefined }, values, given)
    const call = (...values: readonly unknown[]): string => {
      const output = new Output()
      print(output, values.slice(0, parameters.length), new Map())
      return output.text()
    }
    macros.set(call, print)
    return call
  }
}

const parametersIn = (arg: Node, unit: Unit): readonly Parameter[] => {
  if (arg.typename !== 'KeywordArgs') return [parameter(arg, undefined, unit)]
  return (arg as ListNode).children.map((pair) => {
    const { key, value } = pair as PairNode
    return parameter(key, compileExpression(value, unit), unit)
  })
}

const parameter = (node: Node, otherwise: Expression | undefined, unit: Unit): Parameter => {
  const name = node.typename === 'Symbol' ? nameIn(node) : undefined
  if (name === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'an argument of a macro must be a name', node)
  return { name, otherwise, isOptional: unit.probed.has(name) }
}

const printMacro = (
  shape: MacroShape,
  run: Run,
  values: readonly unknown[],
  named: ReadonlyMap<string, unknown>,
): void => {
  refuseUnknown(shape, values, named)
  const { frame, rendering } = run
  // The body of a call block may print the caller of the macro that it stands in.
  const caller = named.get('caller') ?? (shape.isCaller ? undefined : notGiven)
  if (caller !== undefined) frame.names.set('caller', caller)
  for (const [index, { name, otherwise, isOptional }] of shape.parameters.entries()) {
    const given = index < values.length ? values[index] : named.get(name)
    if (given !== undefined) frame.names.set(name, given)
    else if (otherwise !== undefined) frame.names.set(name, otherwise(run))
    else if (isOptional) frame.names.set(name, notGiven)
    else throw notGivenError(shape, name)
  }
  rendering.countRound()
  rendering.nest(`the macro "${shape.name}"`, () => shape.body(run))
}

const refuseUnknown = (
  { name, parameters }: MacroShape,
  values: readonly unknown[],
  named: ReadonlyMap<string, unknown>,
): void => {
  const names = parameters.map((each) => each.name)
  if (values.length > names.length) {
    throw new Refusal(`the macro "${name}" takes ${names.length} arguments, found ${values.length}`)
  }
  for (const key of named.keys()) {
    const index = names.indexOf(key)
    if (index < 0 && key !== 'caller') {
      throw new Refusal(`the macro "${name}" has no argument "${key}"`, didYouMean(key, names))
    }
    if (index >= 0 && index < values.length) throw new Refusal(`"${key}" of the macro "${name}" is given twice`)
  }
}

const notGivenError = ({ name, parameters }: MacroShape, missing: string): ProveError =>
  new ProveError('PRV_TEMPLATE_UNDEFINED', `"${missing}" is not defined: the macro "${name}" needs it`, {
    hint: `write ${name}(${parameters.map((each) => each.name).join(', ')})`,
  })
