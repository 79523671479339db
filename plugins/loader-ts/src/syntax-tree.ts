import { createRequire } from 'node:module'
import type { parse, ParserPlugin } from '@babel/parser'

type Program = ReturnType<typeof parse>['program']
type Statement = Program['body'][number]
export type Expression = Extract<Statement, { type: 'ExpressionStatement' }>['expression']
export type ObjectLiteral = Extract<Expression, { type: 'ObjectExpression' }>
export type ListLiteral = Extract<Expression, { type: 'ArrayExpression' }>
export type Member = ObjectLiteral['properties'][number]
export type FunctionNode =
  | Extract<Expression, { type: 'ArrowFunctionExpression' | 'FunctionExpression' }>
  | Extract<Statement, { type: 'FunctionDeclaration' }>

/** Any node, for code that does not care which. */
export interface AnyNode {
  readonly type: string
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } } | null | undefined
}

/** What a name stands for, where that is plain to see. */
export type Named = Expression | FunctionNode

export interface SyntaxTree {
  /** What the file exports by default. */
  readonly exported: Named | undefined
  readonly exportedAt: AnyNode | undefined
  /** Constants and functions of the file; names that stand for several things are left out. */
  readonly names: ReadonlyMap<string, Named>
}

/** Undefined for a text that cannot be parsed. The parser is loaded only now: most runs never ask. */
export const readSyntaxTree = (file: string, text: string): SyntaxTree | undefined => {
  const parser = createRequire(import.meta.url)('@babel/parser') as typeof import('@babel/parser')
  const plugins: ParserPlugin[] = /\.m?ts$/.test(file) ? ['typescript', 'decorators'] : ['decorators']
  let program: Program
  try {
    program = parser.parse(text, { sourceType: 'module', plugins, errorRecovery: true, attachComment: false }).program
  } catch {
    return undefined
  }
  const exported = exportedBy(program)
  return { exported: isNamed(exported) ? exported : undefined, exportedAt: exported, names: namesIn(program) }
}

type Exported = Extract<Statement, { type: 'ExportDefaultDeclaration' }>['declaration']

const isNamed = (node: Exported | undefined): node is Named =>
  node !== undefined && node.type !== 'TSDeclareFunction' && node.type !== 'ClassDeclaration'

const exportedBy = ({ body }: Program): Exported | undefined => {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration
    if (statement.type !== 'ExportNamedDeclaration') continue
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ExportSpecifier') continue
      const { exported, local } = specifier
      if ((exported.type === 'Identifier' ? exported.name : exported.value) === 'default') return local
    }
  }
  return undefined
}

const namesIn = (program: Program): ReadonlyMap<string, Named> => {
  const names = new Map<string, Named | undefined>()
  const name = (key: string, value: Named | undefined): void => {
    names.set(key, names.has(key) ? undefined : value)
  }
  walk(program, (node) => {
    const known = node as Statement | Expression | Declarator
    if (known.type === 'VariableDeclaration') {
      for (const { id, init } of known.declarations) {
        if (id.type === 'Identifier') name(id.name, known.kind === 'const' ? (init ?? undefined) : undefined)
        else for (const inner of identifiersIn(id)) name(inner, undefined)
      }
    }
    if (known.type === 'FunctionDeclaration' && known.id) name(known.id.name, known)
    if ('params' in known) for (const inner of known.params.flatMap(identifiersIn)) name(inner, undefined)
  })
  return new Map(Array.from(names).filter((entry): entry is [string, Named] => entry[1] !== undefined))
}

type Declarator = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]

const identifiersIn = (pattern: AnyNode): readonly string[] => {
  const found: string[] = []
  walk(pattern, (node) => {
    if (node.type === 'Identifier') found.push((node as AnyNode & { readonly name: string }).name)
  })
  return found
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { readonly type?: unknown }).type === 'string'

/** Visits a node and all below it in the order of the text; a visit that answers true goes no deeper. */
export const walk = (node: AnyNode, visit: (node: AnyNode) => boolean | void): void => {
  if (visit(node) === true) return
  for (const value of Object.values(node)) {
    if (isNode(value)) walk(value, visit)
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) walk(item, visit)
  }
}
