import { didYouMean, messageOf, type ProveError } from '@prove/core'
import type {
  ExpressionNode,
  FactNode,
  FactTest,
  OrderOperator,
  Pattern,
  Span,
  TargetExpression,
} from './expression.js'
import { expressionError } from './expression-error.js'
import { Lexer, type Token } from './lexer.js'

const maxDepth = 100
const prefixes = ['group', 'role', 'fact'] as const
const operators = new Set(['and', 'or', 'not'])
const nameHint = 'write a name, a glob such as web*, a /regex/, group:NAME, role:NAME or fact:NAME=VALUE'

/**
 * Reads an expression that chooses targets. Loosest first: `,` and `or`, `and`, `not`, parentheses. Throws
 * PRV_TARGET_EXPRESSION with a caret under what is wrong.
 */
export const parseTargetExpression = (text: string): TargetExpression => ({ text, root: new Parser(text).parse() })

class Parser {
  readonly #text: string
  readonly #lexer: Lexer
  #token: Token
  #previous: Token | undefined
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#lexer = new Lexer(text)
    this.#token = this.#lexer.next()
  }

  parse(): ExpressionNode {
    if (this.#isAt('end')) throw this.#error(this.#token, 'the expression is empty', nameHint)
    const root = this.#list()
    if (this.#isAt(')')) throw this.#error(this.#token, 'found ")" without a "(" before it', 'remove it')
    if (!this.#isAt('end')) throw this.#missingOperator('"and", "or" or ","')
    return root
  }

  #list(): ExpressionNode {
    return this.#chain('or', ',', () => this.#chain('or', 'or', () => this.#chain('and', 'and', () => this.#unary())))
  }

  #chain(kind: 'and' | 'or', separator: string, operand: () => ExpressionNode): ExpressionNode {
    const first = operand()
    const operands = [first]
    while (this.#token.raw === separator) {
      this.#advance()
      operands.push(operand())
    }
    const last = operands.at(-1) ?? first
    return operands.length === 1 ? first : { kind, operands, ...spanOf(first, last) }
  }

  #unary(): ExpressionNode {
    const start = this.#token
    if (start.raw !== 'not') return this.#primary()
    this.#advance()
    const operand = this.#nested(start, () => this.#unary())
    return { kind: 'not', operand, ...spanOf(start, operand) }
  }

  #nested(start: Token, read: () => ExpressionNode): ExpressionNode {
    if (++this.#depth > maxDepth) throw this.#error(start, 'the expression nests too deep', 'write it flatter')
    const node = read()
    this.#depth--
    return node
  }

  #primary(): ExpressionNode {
    const token = this.#token
    if (token.kind === '(') return this.#parenthesised(token)
    if (token.kind === ':') throw this.#error(token, 'found ":", expected a prefix before it', prefixHint)
    const isOperand = token.kind === 'word' || token.kind === 'text' || token.kind === 'regex'
    if (!isOperand || operators.has(token.raw)) throw this.#missingOperand()
    this.#advance()
    if (token.kind === 'word' && this.#isAt(':')) return this.#prefixed(token)
    if (token.raw === 'all') return { kind: 'all', ...spanOf(token, token) }
    return { kind: 'name', pattern: this.#pattern(token), ...spanOf(token, token) }
  }

  #parenthesised(open: Token): ExpressionNode {
    this.#advance()
    const node = this.#nested(open, () => this.#list())
    if (this.#isAt('end')) throw this.#error(open, 'this "(" is never closed', 'write the ")"')
    if (!this.#isAt(')')) throw this.#missingOperator('"and", "or", "," or ")"')
    this.#advance()
    return node
  }

  #prefixed(prefix: Token): ExpressionNode {
    const kind = prefixes.find((known) => known === prefix.raw)
    if (kind === undefined) {
      const hint = didYouMean(prefix.raw, prefixes) ?? abbreviated(prefix.raw) ?? prefixHint
      throw this.#error(prefix, `found the prefix "${prefix.raw}:", expected "group:", "role:" or "fact:"`, hint)
    }
    const colon = this.#token
    this.#advance()
    const token = this.#token
    const isJoined = token.offset === colon.offset + 1
    if (!isJoined || !['word', 'text', 'regex'].includes(token.kind)) {
      const hint = `write it without a space: ${kind}:NAME`
      throw this.#error(token, `found ${named(token)}, expected the name of a ${kind} right after "${kind}:"`, hint)
    }
    this.#advance()
    if (kind === 'fact') return this.#fact(prefix, token)
    return { kind, pattern: this.#pattern(token), ...spanOf(prefix, token) }
  }

  #fact(prefix: Token, name: Token): FactNode {
    if (name.kind === 'regex' || this.#pattern(name).kind !== 'text') {
      throw this.#error(name, `found ${named(name)}, expected the name of one fact`, 'write the name out')
    }
    if (!this.#isAt('operator')) return { kind: 'fact', fact: name.value, ...spanOf(prefix, name) }
    const operator = this.#token
    this.#advance()
    const value = this.#token
    const isJoined = value.offset === operator.offset + operator.length
    const isValue = ['word', 'text', 'regex'].includes(value.kind) && (isJoined || !operators.has(value.raw))
    if (!isValue) {
      const hint = 'write a value, or "" for an empty one'
      throw this.#error(value, `found ${named(value)}, expected a value after "${operator.raw}"`, hint)
    }
    this.#advance()
    return { kind: 'fact', fact: name.value, test: this.#factTest(operator, value), ...spanOf(prefix, value) }
  }

  #factTest({ raw: operator }: Token, value: Token): FactTest {
    if (operator === '=' || operator === '!=') return { operator, pattern: this.#pattern(value) }
    if (value.kind === 'regex' || !/^-?\d+(?:\.\d+)*$/.test(value.value)) {
      const hint = 'compare texts with = or !='
      throw this.#error(value, `found ${named(value)}, expected a number after "${operator}"`, hint)
    }
    return { operator: operator as OrderOperator, number: value.value }
  }

  #pattern(token: Token): Pattern {
    if (token.kind === 'regex') return this.#regex(token)
    return token.kind === 'word' && /[*?[]/.test(token.value)
      ? { kind: 'glob', glob: token.value }
      : { kind: 'text', text: token.value }
  }

  #regex(token: Token): Pattern {
    const ignoreCase = token.raw.endsWith('i')
    try {
      void new RegExp(token.value, ignoreCase ? 'i' : '')
    } catch (error) {
      const reason = messageOf(error).replace(/^Invalid regular expression: .*: /s, '')
      const lowered = reason.charAt(0).toLowerCase() + reason.slice(1)
      throw this.#error(
        token,
        `the regex is not well-formed: ${lowered}`,
        'write "\\" before a character that is meant',
      )
    }
    return { kind: 'regex', source: token.value, ignoreCase }
  }

  #missingOperand(): ProveError {
    const after = this.#previous === undefined ? '' : ` after ${named(this.#previous)}`
    const hint = this.#token.kind === 'end' ? `remove "${this.#previous?.raw}", or write what follows it` : nameHint
    return this.#error(this.#token, `found ${named(this.#token)}, expected a name or a pattern${after}`, hint)
  }

  #missingOperator(expected: string): ProveError {
    const hint = operatorHint(this.#token, this.#previous)
    return this.#error(this.#token, `found ${named(this.#token)}, expected ${expected}`, hint)
  }

  #isAt(kind: Token['kind']): boolean {
    return this.#token.kind === kind
  }

  #advance(): void {
    this.#previous = this.#token
    this.#token = this.#lexer.next()
  }

  #error(span: Span, message: string, hint: string): ProveError {
    return expressionError(this.#text, span, message, hint)
  }
}

const prefixHint = 'prefixes are group:, role: and fact:'

const spanOf = (first: Span, last: Span): Span => ({
  offset: first.offset,
  length: last.offset + last.length - first.offset,
})

const named = (token: Token): string => {
  if (token.kind === 'end') return 'the end'
  return token.kind === 'text' ? shortened(token.raw) : `"${shortened(token.raw)}"`
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

const abbreviated = (prefix: string): string | undefined => {
  const known: Readonly<Record<string, string>> = { g: 'group', grp: 'group', r: 'role', f: 'fact', grain: 'fact' }
  const meant = Object.hasOwn(known, prefix) ? known[prefix] : undefined
  return meant === undefined ? undefined : `did you mean "${meant}"?`
}

const operatorHint = (found: Token, previous: Token | undefined): string => {
  const shouted = [found, previous].find((token) => token !== undefined && operators.has(token.raw.toLowerCase()))
  if (shouted !== undefined) return `write "${shouted.raw.toLowerCase()}" in small letters`
  if (found.kind === ':') return 'put a name that holds ":" in double quotes'
  if (found.kind === 'operator') return `only facts are compared: fact:${previous?.raw ?? 'NAME'}${found.raw}VALUE`
  return 'write "or" between two names to choose both'
}
