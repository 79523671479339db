import { createRequire } from 'node:module'
import type { runtime } from 'nunjucks'

/** One lexed thing; lines and columns count from 0. */
export interface Token {
  readonly type: string
  readonly value: string
  readonly lineno: number
  readonly colno: number
}

/** What Nunjucks' parser makes of a template. Its shapes are no public interface, hence the exact version of the package. */
export interface Node {
  readonly typename: string
  lineno: number
  colno: number
}

export interface ListNode extends Node {
  readonly children: Node[]
}

export interface ValueNode extends Node {
  readonly value: unknown
}

export interface PairNode extends Node {
  readonly key: Node
  readonly value: Node
}

export interface LookupNode extends Node {
  readonly target: Node
  readonly val: Node | null
}

/** A call, or with a name that is a symbol a filter. */
export interface CallNode extends Node {
  readonly name: Node
  readonly args: ListNode
}

export interface UnaryNode extends Node {
  readonly target: Node
}

export interface BinaryNode extends Node {
  readonly left: Node
  readonly right: Node
}

export interface CompareNode extends Node {
  readonly expr: Node
  readonly ops: readonly { readonly expr: Node; readonly type: string }[]
}

/** An `if`: of a tag, or inside an expression. */
export interface IfNode extends Node {
  readonly cond: Node
  readonly body: Node
  readonly else_: Node | null
}

export interface ForNode extends Node {
  readonly arr: Node
  readonly name: Node
  readonly body: Node
  readonly else_: Node | null
}

export interface MacroNode extends Node {
  readonly name: ValueNode
  readonly args: ListNode
  readonly body: Node
}

export interface ImportNode extends Node {
  readonly template: Node
  readonly target: ValueNode
  readonly withContext: boolean | null
}

export interface FromImportNode extends Node {
  readonly template: Node
  readonly names: ListNode
  readonly withContext: boolean | null
}

export interface IncludeNode extends Node {
  readonly template: Node
  readonly ignoreMissing: boolean | null
}

export interface BlockNode extends Node {
  readonly name: ValueNode
  readonly body: Node
}

export interface SetNode extends Node {
  readonly targets: readonly Node[]
  readonly value: Node | null
  readonly body?: Node
}

export interface CaptureNode extends Node {
  readonly body: Node
}

export interface SwitchNode extends Node {
  readonly expr: Node
  readonly cases: readonly { readonly cond: Node; readonly body: ListNode }[]
  readonly default: Node | null
}

/** Where the parser gets its tokens from. */
export interface TokenSource {
  readonly tags: { readonly VARIABLE_END: string }
  nextToken(): Token | null
}

interface Lexer extends TokenSource {
  index: number
  lineno: number
  colno: number
  readonly in_code: boolean
}

interface ParserBase {
  readonly tokens: TokenSource
  dropLeadingWhitespace: boolean
  breakOnBlocks: readonly string[] | null
  nextToken(withWhitespace?: boolean): Token
  peekToken(): Token
  skip(type: string): boolean
  skipSymbol(name: string): boolean
  skipValue(type: string, value: string): boolean
  advanceAfterBlockEnd(name?: string): Token
  advanceAfterVariableEnd(): void
  error(message: string, lineno?: number, colno?: number): Error
  fail(message: string, lineno?: number, colno?: number): never
  parseExpression(): Node
  parsePow(): Node
  parseAdd(): Node
  parseMul(): Node
  parseSub(): Node
  parseAggregate(): Node | null
  parsePrimary(noPostfix?: boolean): Node
  parseStatement(): Node | null
  parseUntilBlocks(...names: string[]): Node
  parseRaw(name?: string): Node
  parseNodes(): Node[]
  parseAsRoot(): ListNode
}

type Create<T extends Node, A extends readonly unknown[]> = new (lineno: number, colno: number, ...fields: A) => T

interface NodeTypes {
  readonly Output: Create<ListNode, [Node[]]>
  readonly TemplateData: Create<ValueNode, [unknown]>
  readonly NodeList: Create<ListNode, [Node[]]>
}

type BinaryName = 'Add' | 'Sub' | 'Mul' | 'Div' | 'FloorDiv' | 'Mod'

/** A filter or test of Nunjucks; `this` is the context of the template that uses it. */
export type NunjucksFunction = (this: unknown, ...args: readonly unknown[]) => unknown

// Only these files: the package's main file would also load its loaders, express and a file watcher.
const load = createRequire(import.meta.url)

export const { lex } = load('nunjucks/src/lexer.js') as { lex: (text: string) => Lexer }

export const { Parser } = load('nunjucks/src/parser.js') as { Parser: new (tokens: TokenSource) => ParserBase }

export const nodes = load('nunjucks/src/nodes.js') as NodeTypes & Record<BinaryName, Create<BinaryNode, [Node, Node]>>

export const filtersOfNunjucks = load('nunjucks/src/filters.js') as Readonly<Record<string, NunjucksFunction>>

export const testsOfNunjucks = load('nunjucks/src/tests.js') as Readonly<Record<string, NunjucksFunction>>

/** What Nunjucks wraps text in that it would not escape; here it is a text like any other. */
export const { SafeString } = load('nunjucks/src/runtime.js') as { SafeString: typeof runtime.SafeString }

/** Marks the last argument of a filter as one that holds named arguments. */
export const named = (args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...args,
  __keywords: true,
})
