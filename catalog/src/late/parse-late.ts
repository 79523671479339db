import type { Comparison, Late, Operator } from '@prove/core'
import { callFlaw, type Calls, memberFlaw } from './calls.js'
import type { Token } from './lexer.js'
import { TokenReader } from './token-reader.js'
import { operandHint, reserved } from './wording.js'

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
])

const comparisons: ReadonlySet<string> = new Set<Comparison>(['==', '!=', '<', '<=', '>', '>='])

/**
 * Reads the text of a late value. Loosest first: `A if TEST else B`, `or`, `and`, `not`, comparisons and `in`, `~`, `+ -`,
 * `* / %`, `-`, members. Throws a LateSyntaxError.
 */
export const parseLate = (text: string, calls: Calls): Late => new Parser(text, calls).parse()

class Parser extends TokenReader {
  readonly #calls: Calls

  constructor(text: string, calls: Calls) {
    super(text)
    this.#calls = calls
  }

  parse(): Late {
    if (this.isAtEnd()) throw this.error(this.token, 'the expression is empty', operandHint)
    const tree = this.#expression()
    if (!this.isAtEnd()) throw this.unexpected('an operator or the end')
    return tree
  }

  #expression(): Late {
    const value = this.#or()
    const start = this.token
    if (!this.take('if')) return value
    const test = this.#or()
    if (!this.take('else')) throw this.unexpected('"else"', 'write A if TEST else B')
    const otherwise = this.nested(start, () => this.#expression())
    return this.node(start, { kind: 'if', test, value, otherwise })
  }

  #or(): Late {
    return this.#chain(['or'], () => this.#chain(['and'], () => this.#not()))
  }

  #not(): Late {
    const start = this.token
    if (!this.take('not')) return this.#comparison()
    const value = this.nested(start, () => this.#not())
    return this.node(start, { kind: 'not', value })
  }

  #comparison(): Late {
    const left = this.#joined()
    const start = this.token
    const operator = this.#comparator()
    if (operator === undefined) return left
    const compared = this.#binary(start, operator === 'not in' ? 'in' : operator, left, this.#joined())
    if (this.#comparator() !== undefined) {
      throw this.error(this.previous ?? start, 'comparisons cannot be chained', 'join two of them with "and"')
    }
    return operator === 'not in' ? this.node(start, { kind: 'not', value: compared }) : compared
  }

  #comparator(): Comparison | 'in' | 'not in' | undefined {
    if (this.take('in')) return 'in'
    if (this.take('not')) {
      if (!this.take('in')) throw this.unexpected('"in" after "not"')
      return 'not in'
    }
    const { raw } = this.token
    return comparisons.has(raw) && this.take(raw) ? (raw as Comparison) : undefined
  }

  #joined(): Late {
    const start = this.token
    const first = this.#sum()
    const pieces = [first]
    while (this.take('~')) pieces.push(this.#sum())
    return pieces.length === 1 ? first : this.node(start, { kind: 'text', pieces })
  }

  #sum(): Late {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#negated()))
  }

  #chain(operators: readonly Operator[], operand: () => Late): Late {
    let left = operand()
    for (;;) {
      const start = this.token
      const operator = operators.find((each) => this.take(each))
      if (operator === undefined) return left
      left = this.#binary(start, operator, left, operand())
    }
  }

  #binary(start: Token, operator: Operator, left: Late, right: Late): Late {
    return this.node(start, { kind: 'binary', operator, left, right })
  }

  #negated(): Late {
    const start = this.token
    if (!this.take('-')) return this.#members(this.#primary())
    const operand = this.nested(start, () => this.#negated())
    if (operand.kind === 'value' && typeof operand.value === 'number') return { kind: 'value', value: -operand.value }
    return this.#binary(start, '-', { kind: 'value', value: 0 }, operand)
  }

  #members(start: Late): Late {
    let of = start
    for (;;) {
      const token = this.token
      if (token.raw === '(' && token.kind === 'sign') {
        throw this.error(token, 'only reads can be called, by their names', 'write it as file("/x").exists')
      }
      const key = this.#key()
      if (key === undefined) return of
      const named = token.raw === '.' ? (this.previous ?? token) : token
      this.#checkMember(of, key, named)
      of = this.node(named, { kind: 'member', of, key })
    }
  }

  /** What stands behind a value as `.name` or `[key]`. */
  #key(): Late | undefined {
    const open = this.token
    if (this.take('.')) {
      const name = this.token
      if (name.kind !== 'word') throw this.unexpected('a name after "."', 'write other keys as [0] or ["a key"]')
      this.advance()
      return { kind: 'value', value: name.value }
    }
    if (!this.take('[')) return undefined
    const key = this.nested(open, () => this.#expression())
    this.close(open, ']')
    return key
  }

  #checkMember(of: Late, key: Late, token: Token): void {
    if (of.kind !== 'read' || key.kind !== 'value') return
    const flaw = memberFlaw(of.read, key.value, this.#calls)
    if (flaw !== undefined) throw this.error(token, flaw.message, flaw.hint)
  }

  #primary(): Late {
    const token = this.token
    if (token.kind === 'word' && !reserved.has(token.raw)) return this.#word(token)
    if (token.kind === 'text' || token.kind === 'number') {
      this.advance()
      return { kind: 'value', value: token.kind === 'text' ? token.value : Number(token.raw) }
    }
    if (token.raw === '`') return this.nested(token, () => this.#template(token))
    if (this.take('(')) return this.#parenthesised(token)
    if (this.take('[')) return this.node(token, { kind: 'list', items: this.#items(token, ']') })
    if (this.take('{')) return this.#map(token)
    throw this.unexpected('a value', operandHint)
  }

  #word(token: Token): Late {
    this.advance()
    if (constants.has(token.raw)) return { kind: 'value', value: constants.get(token.raw) }
    if (token.raw === 'outputs') return this.#outputs()
    const open = this.token
    if (!this.take('(')) return this.node(token, { kind: 'name', name: token.raw })
    const flaw = callFlaw(token.raw, this.#calls)
    if (flaw !== undefined) throw this.error(token, flaw.message, flaw.hint)
    return this.node(token, { kind: 'read', read: token.raw, args: this.#items(open, ')') })
  }

  #outputs(): Late {
    const key = this.#key()
    if (key?.kind === 'value' && typeof key.value === 'string') return { kind: 'outputs', state: key.value }
    const hint = 'write outputs.STATE, or outputs["file:state"]'
    throw this.unexpected('the name of a state after "outputs"', hint, key === undefined ? undefined : this.previous)
  }

  #parenthesised(open: Token): Late {
    const inner = this.nested(open, () => this.#expression())
    this.close(open, ')')
    return inner
  }

  #items(open: Token, end: string): readonly Late[] {
    const items: Late[] = []
    while (this.token.raw !== end) {
      items.push(this.nested(open, () => this.#expression()))
      if (!this.take(',')) break
    }
    this.close(open, end)
    return items
  }

  #map(open: Token): Late {
    const entries = new Map<string, Late>()
    while (this.token.raw !== '}') {
      const key = this.token
      if (!['word', 'text', 'number'].includes(key.kind)) throw this.unexpected('a key', 'put quotes around the key')
      this.advance()
      if (key.value === '__proto__') throw this.error(key, 'the key "__proto__" is not allowed', 'use another key')
      if (entries.has(key.value)) throw this.error(key, `the key "${key.value}" is written twice`, 'remove one')
      if (!this.take(':')) throw this.unexpected('":" after a key', 'write {key: value}')
      entries.set(
        key.value,
        this.nested(open, () => this.#expression()),
      )
      if (!this.take(',')) break
    }
    this.close(open, '}')
    return this.node(open, { kind: 'map', entries: Object.fromEntries(entries) })
  }

  #template(start: Token): Late {
    const pieces: Late[] = []
    let chunk = this.chunk(start)
    for (;;) {
      if (chunk.text !== '') pieces.push({ kind: 'value', value: chunk.text })
      if (chunk.end === '`') break
      this.advance()
      pieces.push(this.#expression())
      if (this.token.raw !== '}') throw this.unexpected('"}" behind the piece of a text')
      chunk = this.chunk(start)
    }
    this.advance()
    if (pieces.length === 0) return { kind: 'value', value: '' }
    const [only] = pieces
    return pieces.length === 1 && only?.kind === 'value' && typeof only.value === 'string'
      ? only
      : this.node(start, { kind: 'text', pieces })
  }
}
