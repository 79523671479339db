import type { Span } from './expression.js'
import { expressionError } from './expression-error.js'

export interface Token extends Span {
  readonly kind: 'word' | 'text' | 'regex' | 'operator' | '(' | ')' | ',' | ':' | 'end'
  /** As it is written. */
  readonly raw: string
  /** A text without quotes and escapes, the source of a regex; else as it is written. */
  readonly value: string
}

const wordPattern = /(?:[\w.@+~*?-]|\[)/
const otherNames = 'put a name or value with other characters in double quotes'

/** Words that other languages use, and what they are here. */
const foreignOperators: Readonly<Record<string, string>> = {
  '&&': 'and',
  '&': 'and',
  '||': 'or',
  '|': 'or',
  '!': 'not',
  '==': '=',
  '=~': '=',
  '=>': '>=',
  '=<': '<=',
  '<>': '!=',
}

/** Gives the tokens of an expression one at a time, so that an error is told before anything behind it is looked at. */
export class Lexer {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): Token {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++
    const start = this.#at
    const first = this.#text.charAt(start)
    if (first === '') return { kind: 'end', raw: '', value: '', offset: start, length: 0 }
    if (first === '(' || first === ')' || first === ',' || first === ':') return this.#token(first, start + 1)
    if (first === '"') return this.#quoted()
    if (first === '/') return this.#regex()
    if (wordPattern.test(first)) return this.#word()
    return this.#operator()
  }

  #token(kind: Token['kind'], end: number, value?: string): Token {
    const offset = this.#at
    const raw = this.#text.slice(offset, end)
    this.#at = end
    return { kind, raw, value: value ?? raw, offset, length: raw.length }
  }

  #word(): Token {
    let end = this.#at
    while (wordPattern.test(this.#text.charAt(end))) end = this.#text[end] === '[' ? this.#classEnd(end) : end + 1
    return this.#token('word', end)
  }

  /** The offset behind a `[…]` of a glob. */
  #classEnd(start: number): number {
    const [whole, inside = ''] = /^\[([!^]?[^\]]+)\]/.exec(this.#text.slice(start)) ?? []
    if (whole === undefined) throw this.#error('this "[" is never closed', start, 1, 'write "]", as in web[1-3]')
    const span = { offset: start, length: whole.length }
    if (inside.includes(':')) {
      const hint = `write "-" for a range: [${inside.replaceAll(':', '-')}]`
      throw expressionError(this.#text, span, 'found ":" inside "[…]", expected characters', hint)
    }
    if (/\d\d-\d|\d-\d\d/.test(inside)) {
      const hint = 'list the names, or use a regex such as /^web(9|1[0-9])$/'
      throw expressionError(this.#text, span, '"[…]" stands for one character, not for a number', hint)
    }
    const backwards = rangesOf(inside).find(([low, high]) => low > high)
    if (backwards !== undefined) {
      throw expressionError(this.#text, span, `the range "${backwards.join('-')}" runs backwards`, 'turn it around')
    }
    return start + whole.length
  }

  #quoted(): Token {
    const [whole, inside = ''] = /^"((?:[^"\\]|\\.)*)"/s.exec(this.#text.slice(this.#at)) ?? []
    if (whole === undefined) throw this.#error('this quote is never closed', this.#at, 1, 'write the closing "')
    return this.#token('text', this.#at + whole.length, inside.replaceAll(/\\(.)/gs, '$1'))
  }

  #regex(): Token {
    const start = this.#at
    const [whole, source = ''] = /^\/((?:[^/\\]|\\.)*)\//s.exec(this.#text.slice(start)) ?? []
    if (whole === undefined) {
      throw this.#error('this regex is never closed', start, 1, 'write "/" at its end, and "\\/" for a "/" inside')
    }
    const flags = /^\w*/.exec(this.#text.slice(start + whole.length))?.[0] ?? ''
    if (source === '') throw this.#error('the regex is empty', start, 2, 'write "all" for all targets')
    if (flags !== '' && flags !== 'i') {
      const message = `found "${flags}" behind the regex, expected nothing or "i"`
      throw this.#error(message, start + whole.length, flags.length, 'leave a space before the next word')
    }
    return this.#token('regex', start + whole.length + flags.length, source)
  }

  #operator(): Token {
    const rest = this.#text.slice(this.#at)
    const [foreign] = /^(?:&&?|\|\|?|==|=~|=>|=<|<>|!(?!=))/.exec(rest) ?? []
    if (foreign !== undefined) {
      const hint = `write "${foreignOperators[foreign]}" instead of "${foreign}"`
      throw this.#error(`found "${foreign}", which is not an operator here`, this.#at, foreign.length, hint)
    }
    const [operator] = /^(?:!=|<=|>=|[=<>])/.exec(rest) ?? []
    if (operator !== undefined) return this.#token('operator', this.#at + operator.length)
    const found = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    throw this.#error(`found ${JSON.stringify(found)}, expected a name or an operator`, this.#at, 1, hintFor(found))
  }

  #error(message: string, offset: number, length: number, hint: string): Error {
    return expressionError(this.#text, { offset, length }, message, hint)
  }
}

const hintFor = (found: string): string => {
  if (found === "'") return 'use double quotes'
  if (found === '{') return 'write the names out: (web1 or web2)'
  return otherNames
}

/** The ranges of a `[…]`, such as a-z. */
const rangesOf = (inside: string): readonly (readonly [string, string])[] =>
  Array.from(inside.replace(/^[!^]/, '').matchAll(/([^])-([^])/g), ([, low = '', high = '']) => [low, high] as const)
