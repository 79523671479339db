import { compileExpression } from './expressions.js'
import { captured, compilePrinted } from './filter-calls.js'
import { compileBlock, compileExtends, compileFromImport, compileImport, compileInclude } from './inheritance.js'
import { compileFor } from './loops.js'
import { makeMacro } from './macros.js'
import type { CaptureNode, IfNode, ListNode, MacroNode, Node, SetNode, SwitchNode } from './nunjucks.js'
import type { Expression, Statement } from './run.js'
import type { DataNode } from './template-parser.js'
import { nameIn, originOf, placed, type Unit } from './unit.js'
import { textOf } from './values.js'

/** What a part of a template does when it is rendered. */
export const compileStatement = (node: Node, unit: Unit): Statement => {
  const compile = compilers[node.typename]
  if (compile === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'this tag is not known', node)
  try {
    return compile(node, unit)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'this expression nests too deep', node, { cause: error })
  }
}

type Compile = (node: Node, unit: Unit) => Statement

const compileList: Compile = (node, unit) => {
  const statements = (node as ListNode).children.map((child) => compileStatement(child, unit))
  const [only] = statements
  if (only !== undefined && statements.length === 1) return only
  return (run) => {
    for (const statement of statements) statement(run)
  }
}

const compileOutput: Compile = (node, unit) => {
  const [child] = (node as ListNode).children
  if (child === undefined) return () => undefined
  if (child.typename === 'TemplateData') return compileData(child as DataNode, unit)
  const origin = originOf(unit, node)
  const printed = compilePrinted(child, unit, origin)
  return placed(unit, node, 'the output', (run) => {
    const { value, output } = printed(run)
    if (output === undefined) run.out.add(textOf(value), origin)
    else run.out.append(output)
  })
}

const compileData = ({ value: { from, to } }: DataNode, unit: Unit): Statement => {
  const text = unit.source.text.slice(from, Math.max(from, to))
  const origin = { source: unit.source, offset: from, isCopy: true }
  return (run) => run.out.add(text, origin)
}

const compileIf: Compile = (node, unit) => {
  const { cond, body, else_ } = node as IfNode
  const condition = compileExpression(cond, unit)
  const yes = compileStatement(body, unit)
  const no = else_ === null ? undefined : compileStatement(else_, unit)
  return (run) => {
    if (condition(run)) yes(run)
    else no?.(run)
  }
}

const compileSet: Compile = (node, unit) => {
  const { targets, value, body } = node as SetNode
  const names = targets.map((target) => {
    const name = target.typename === 'Symbol' ? nameIn(target) : undefined
    if (name !== undefined) return name
    throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'only a name can be set', target, {
      hint: 'write {% set name = value %}',
    })
  })
  const given = value === null ? compileCapture(body as CaptureNode, unit) : compileExpression(value, unit)
  return placed(unit, node, '"set"', (run) => {
    const found = given(run)
    for (const name of names) run.frame.assign(name, found)
  })
}

/** The text of what is printed between two tags. */
export const compileCapture = (node: Node, unit: Unit): Expression => {
  const statement = compileStatement((node as CaptureNode).body, unit)
  return (run) => captured(run, () => statement(run)).text()
}

const compileMacro: Compile = (node, unit) => {
  const macro = node as MacroNode
  const name = macro.name.typename === 'Symbol' ? nameIn(macro.name) : undefined
  if (name === undefined) throw unit.source.error('PRV_TEMPLATE_SYNTAX', 'a macro needs a name', node)
  const make = makeMacro(macro, name, unit)
  return (run) => run.frame.define(name, make(run))
}

const compileSwitch: Compile = (node, unit) => {
  const { expr, cases, default: otherwise } = node as SwitchNode
  const value = compileExpression(expr, unit)
  const options = cases.map(({ cond, body }) => ({
    value: compileExpression(cond, unit),
    // A case without a body belongs to the next one.
    isEmpty: body.children.every((child) => isEmptyOutput(child)),
    body: compileStatement(body, unit),
  }))
  const last = otherwise === null ? undefined : compileStatement(otherwise, unit)
  return (run) => {
    const wanted = value(run)
    const first = options.findIndex((option) => option.value(run) === wanted)
    const chosen = first < 0 ? undefined : options.slice(first).find(({ isEmpty }) => !isEmpty)
    if (chosen === undefined) last?.(run)
    else chosen.body(run)
  }
}

const isEmptyOutput = (node: Node): boolean => {
  const [child] = node.typename === 'Output' ? (node as ListNode).children : []
  if (child?.typename !== 'TemplateData') return false
  const { from, to } = (child as DataNode).value
  return from >= to
}

const compilers: Readonly<Record<string, Compile>> = {
  NodeList: compileList,
  Root: compileList,
  Output: compileOutput,
  If: compileIf,
  IfAsync: compileIf,
  For: (node, unit) => compileFor(node, unit),
  AsyncEach: (node, unit) => compileFor(node, unit),
  AsyncAll: (node, unit) => compileFor(node, unit),
  Set: compileSet,
  Macro: compileMacro,
  Switch: compileSwitch,
  Block: (node, unit) => compileBlock(node, unit),
  Extends: (node, unit) => compileExtends(node, unit),
  Include: (node, unit) => compileInclude(node, unit),
  Import: (node, unit) => compileImport(node, unit),
  FromImport: (node, unit) => compileFromImport(node, unit),
}
