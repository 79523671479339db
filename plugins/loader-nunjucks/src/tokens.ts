import type { ProveError } from '@prove/core'
import { lex, type Token, type TokenSource } from './nunjucks.js'
import type { DataRange, Item } from './tag-lines.js'
import type { TemplateText } from './template-text.js'

/** A token with its range in the template. */
export interface PlacedToken extends Token {
  readonly start: number
  readonly end: number
  /** The range of a text between tags. */
  readonly data: DataRange | undefined
}

/** What the parser sees behind the last token, so that it never meets null. */
export const endOfFile = 'end-of-file'

const word = /^[\p{L}_$][\p{L}\p{N}_$]*$/u
const exponential = /^\d+e\d+$/i

/**
 * The tokens of a template. Text and comments are cut here: Nunjucks would take `#}` inside a text for the end of a
 * comment, and has no line for a comment that does not end. Inside of tags its own lexer reads.
 */
export class Tokens implements TokenSource {
  readonly tags = { VARIABLE_END: '}}' }
  readonly items: Item[] = []
  /** The offset of the `{{` or `{%` that was opened last. */
  opening = 0
  last: PlacedToken | undefined
  readonly #latest: PlacedToken[] = []
  #count = 0
  readonly #lexer: ReturnType<typeof lex>

  constructor(readonly source: TemplateText) {
    this.#lexer = lex(source.text)
  }

  get offset(): number {
    return this.#lexer.index
  }

  get isInTag(): boolean {
    return this.#lexer.in_code
  }

  nextToken(): PlacedToken {
    const start = this.#lexer.index
    const { lineno, colno } = this.#lexer
    const token = this.#lexer.in_code ? this.#lexer.nextToken() : this.#nextOutside()
    const { type, value } = token ?? { type: endOfFile, value: '' }
    const end = Math.min(this.#lexer.index, this.source.text.length)
    const data = type === 'data' ? { start, end, from: start, to: end } : undefined
    this.last = { type: typeOf(type, value), value, lineno, colno, start, end, data }
    this.#latest[this.#count++ % 4] = this.last
    this.#check(this.last)
    this.#remember(this.last)
    return this.last
  }

  /** The token that starts here, of those that were read last. */
  tokenAt(start: number): PlacedToken | undefined {
    return this.#latest.find((token) => token.start === start)
  }

  /** Goes on behind a text that is printed as it is, and behind the tag that ends it. */
  addRaw(data: DataRange, closing: string): void {
    this.items.push({ data }, { tag: 'block', hasDash: closing.includes('-') })
    this.#moveTo(data.end + closing.length)
  }

  #nextOutside(): Token | null {
    const { text } = this.source
    const start = this.#lexer.index
    if (start >= text.length) return null
    if (text.startsWith('{#', start)) return this.#comment(start)
    return text.startsWith('{{', start) || text.startsWith('{%', start) ? this.#lexer.nextToken() : this.#data(start)
  }

  #comment(start: number): Token {
    const end = this.source.text.indexOf('#}', start + 2)
    if (end < 0) throw this.#error('this comment is not closed', start, 'write #} behind it')
    return this.#cut('comment', start, end + 2)
  }

  #data(start: number): Token {
    const next = /\{[{%#]/g
    next.lastIndex = start
    return this.#cut('data', start, next.exec(this.source.text)?.index ?? this.source.text.length)
  }

  #cut(type: string, start: number, end: number): Token {
    this.#moveTo(end)
    return { type, value: this.source.text.slice(start, end), lineno: 0, colno: 0 }
  }

  // The lexer would go there letter by letter.
  #moveTo(end: number): void {
    const lexer = this.#lexer
    const { text } = this.source
    let newline = text.indexOf('\n', lexer.index)
    while (newline >= 0 && newline < end) {
      lexer.lineno++
      lexer.colno = 0
      lexer.index = newline + 1
      newline = text.indexOf('\n', lexer.index)
    }
    lexer.colno += end - lexer.index
    lexer.index = end
  }

  #check({ type, value, start, end }: PlacedToken): void {
    if (type === 'string' && !isClosed(this.source.text.slice(start, end))) {
      throw this.#error('this quote is not closed', start, `write ${this.source.text.charAt(start)} behind the text`)
    }
    if (type === 'symbol' && !word.test(value)) {
      throw this.#error(`unexpected "${value}"`, start, instead.get(value))
    }
  }

  #remember(token: PlacedToken): void {
    const { type, value, start, data } = token
    if (data !== undefined) {
      this.items.push({ data })
    } else if (type === 'comment') {
      this.items.push({ tag: 'block', hasDash: /^\{#-|-#\}$/.test(value) })
    } else if (type === 'block-start' || type === 'variable-start') {
      this.opening = start
      this.items.push({ tag: type === 'block-start' ? 'block' : 'output', hasDash: value.endsWith('-') })
    } else if (type === 'block-end' && value.startsWith('-')) {
      this.items.push({ tag: 'block', hasDash: true })
    }
  }

  #error(message: string, start: number, hint?: string): ProveError {
    return this.source.error('PRV_TEMPLATE_SYNTAX', message, start, { hint })
  }
}

// As in JSON: Nunjucks would take 1e9 for a name.
const typeOf = (type: string, value: string): string => (type === 'symbol' && exponential.test(value) ? 'float' : type)

const instead: ReadonlyMap<string, string> = new Map([
  ['&&', 'write "and"'],
  ['?', 'write {{ one if condition else other }}'],
])

/** Whether the last quote ends the text, and is not one behind a backslash. */
const isClosed = (quoted: string): boolean =>
  quoted.length > 1 &&
  quoted.endsWith(quoted.charAt(0)) &&
  (/\\*$/.exec(quoted.slice(1, -1))?.[0].length ?? 0) % 2 === 0
