import {
  type AnyNode,
  type Expression,
  type FunctionNode,
  type ListLiteral,
  type Member,
  type Named,
  type ObjectLiteral,
  type SyntaxTree,
  walk,
} from './syntax-tree.js'

/** What a key or index leads to. */
export interface Entry {
  readonly key: AnyNode
  readonly value: Named | undefined
}

/** What a literal holds: entries that are written out, and code that may hold more. */
export interface Contents {
  readonly entries: ReadonlyMap<string, Entry>
  readonly hidden: readonly AnyNode[]
}

/** No honest file names a constant by a constant this often. */
const maxHops = 20

/** Follows the code of a file to the literals that it gives, without running it. */
export class Literals {
  readonly #tree: SyntaxTree
  readonly #contents = new WeakMap<ObjectLiteral | ListLiteral, Contents>()

  constructor(tree: SyntaxTree) {
    this.#tree = tree
  }

  /** What the file gives: the default export, or what its function returns; several where it depends. */
  roots(): readonly Named[] {
    const { exported } = this.#tree
    return exported === undefined ? [] : this.#given(exported, 0)
  }

  #given(node: Named, hops: number): readonly Named[] {
    return this.values(node, hops).flatMap((value) => {
      if (isFunction(value)) return returnedBy(value).flatMap((inner) => this.values(inner, hops + 1))
      const [argument] = value.type === 'CallExpression' && calls(value, 'defineStates') ? value.arguments : []
      const given = argument === undefined ? undefined : asExpression(argument)
      return given === undefined || hops > maxHops ? [value] : this.#given(given, hops + 1)
    })
  }

  /** What an expression may stand for: types taken off, constants replaced, both sides of a choice. */
  values(node: Named, hops = 0): readonly Named[] {
    if (hops > maxHops) return [node]
    const all = (...nodes: readonly Named[]): readonly Named[] => nodes.flatMap((inner) => this.values(inner, hops + 1))
    switch (node.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'ParenthesizedExpression':
        return all(node.expression)
      case 'AwaitExpression':
        return all(node.argument)
      case 'ConditionalExpression':
        return all(node.consequent, node.alternate)
      case 'LogicalExpression':
        return node.operator === '&&' ? all(node.right) : all(node.left, node.right)
      case 'Identifier': {
        const named = this.#tree.names.get(node.name)
        return named === undefined ? [node] : all(named)
      }
      default:
        return [node]
    }
  }

  contentsOf(node: Named): Contents {
    if (node.type !== 'ObjectExpression' && node.type !== 'ArrayExpression')
      return { entries: new Map(), hidden: hiddenIn(node) }
    const known = this.#contents.get(node)
    if (known !== undefined) return known
    // A literal that spreads itself can be written, though not run.
    this.#contents.set(node, { entries: new Map(), hidden: [] })
    const contents = node.type === 'ObjectExpression' ? this.#members(node) : this.#items(node)
    this.#contents.set(node, contents)
    return contents
  }

  #members({ properties }: ObjectLiteral): Contents {
    const entries = new Map<string, Entry>()
    const hidden: AnyNode[] = []
    for (const member of properties) {
      if (member.type === 'SpreadElement') {
        const spread = this.values(member.argument).map((value) => this.contentsOf(value))
        for (const contents of spread) for (const [key, entry] of contents.entries) entries.set(key, entry)
        if (spread.some((contents) => contents.hidden.length > 0)) hidden.push(member)
        continue
      }
      const name = keyOf(member)
      const value = member.type === 'ObjectProperty' ? asExpression(member.value) : undefined
      if (name === undefined) hidden.push(member)
      else entries.set(name, { key: member.key, value })
    }
    return { entries, hidden }
  }

  #items(list: ListLiteral): Contents {
    const entries = new Map<string, Entry>()
    for (const item of list.elements) {
      if (item === null) entries.set(String(entries.size), { key: list, value: undefined })
      else if (item.type !== 'SpreadElement') entries.set(String(entries.size), { key: item, value: item })
      else {
        const [only, ...others] = this.values(item.argument)
        const inner = only?.type === 'ArrayExpression' && others.length === 0 ? this.contentsOf(only) : undefined
        // The indexes behind a list of unknown length are unknown too.
        if (inner === undefined || inner.hidden.length > 0) return { entries, hidden: [list] }
        for (const entry of inner.entries.values()) entries.set(String(entries.size), entry)
      }
    }
    return { entries, hidden: [] }
  }
}

/** Code that runs may give anything; a plain value holds nothing. */
const hiddenIn = (node: Named): readonly AnyNode[] => {
  const isPlain = node.type.endsWith('Literal') && node.type !== 'TemplateLiteral'
  return isPlain || (node.type === 'Identifier' && node.name === 'undefined') ? [] : [node]
}

const isFunction = (node: Named): node is FunctionNode =>
  node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'

/** Arguments and members can be more than expressions. */
const asExpression = (node: AnyNode): Expression | undefined =>
  /^SpreadElement$|^ArgumentPlaceholder$|^JSXNamespacedName$|Pattern$/.test(node.type)
    ? undefined
    : (node as Expression)

const calls = ({ callee }: Extract<Expression, { type: 'CallExpression' }>, name: string): boolean => {
  const called = callee.type === 'MemberExpression' ? callee.property : callee
  return called.type === 'Identifier' && called.name === name
}

/** What a function returns, the last first: the end of a function is its main way out. */
const returnedBy = ({ body }: FunctionNode): readonly Expression[] => {
  if (body.type !== 'BlockStatement') return [body]
  const found: Expression[] = []
  walk(body, (node) => {
    const { type, argument } = node as AnyNode & { readonly argument?: Expression | null }
    if (type === 'ReturnStatement' && argument) found.unshift(argument)
    return /^Arrow|^Function|Method$/.test(type)
  })
  return found
}

/** The key of a member, where it is written out. */
export const keyOf = (member: Exclude<Member, { type: 'SpreadElement' }>): string | undefined => {
  const { key, computed } = member
  if (key.type === 'Identifier') return computed ? undefined : key.name
  if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return String(key.value)
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked ?? undefined
  return undefined
}
