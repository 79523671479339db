import { LateSyntaxError } from './late-error.js'

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'sign' | 'end'
  /** As it is written. */
  readonly raw: string
  /** A text without quotes and escapes, else as it is written. */
  readonly value: string
  readonly offset: number
}

/** A stretch of a text in backticks, up to what ends it. */
export interface Chunk {
  readonly text: string
  readonly end: '`' | '${'
}

const signPattern = /==|!=|<=|>=|[-+*/%~<>()[\]{},:.`]/y
const wordPattern = /[A-Za-z_]\w*/y
const numberPattern = /(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/y
const spacePattern = /[\s\uFEFF]*/y

/** What other languages write, and what it is here. The longest come first. */
const foreignSigns: readonly (readonly [string, string])[] = [
  ['===', 'write "==" instead of "==="'],
  ['!==', 'write "!=" instead of "!=="'],
  ['&&', 'write "and" instead of "&&"'],
  ['||', 'write "or" instead of "||"'],
  ['??', 'write "or" instead of "??"'],
  ['<>', 'write "!=" instead of "<>"'],
  ['**', 'write the product out'],
  ['//', 'write "/" instead of "//"'],
  ['!', 'write "not" instead of "!"'],
  ['=', 'write "==" to compare'],
  ['|', 'there are no filters here: "or" gives another value for one that is missing'],
  ['?', 'write A if TEST else B'],
  ['${', 'put backticks around the text that it belongs to'],
  ['{{', 'names need no braces here'],
]

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', "'": "'", '"': '"' }
const chunkEscapes: Readonly<Record<string, string>> = { ...escapes, '`': '`', $: '$' }

/** Gives the tokens of an expression one at a time, so that the parser can read texts in backticks in between. */
export class Lexer {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): Token {
    this.#at += this.#match(spacePattern)?.length ?? 0
    const offset = this.#at
    const first = this.#text.charAt(offset)
    if (first === '') return { kind: 'end', raw: '', value: '', offset }
    if (first === "'" || first === '"') return this.#quoted(first)
    const word = this.#match(wordPattern)
    if (word !== undefined) return this.#token('word', word)
    const number = this.#match(numberPattern)
    if (number !== undefined) return this.#number(number)
    this.#refuseForeign()
    const sign = this.#match(signPattern)
    if (sign !== undefined) return this.#token('sign', sign)
    const found = String.fromCodePoint(this.#text.codePointAt(offset) ?? 0)
    const message = `found ${JSON.stringify(found)}, expected a value or an operator`
    throw this.#error(message, offset, found.length, 'put quotes around a text')
  }

  /** Reads on inside of backticks: after the first one, or after the "}" of a piece. */
  chunk(start: Token): Chunk {
    const from = this.#at
    for (let at = from; at < this.#text.length; at++) {
      const character = this.#text.charAt(at)
      if (character === '\\') at++
      else if (character === '`' || this.#text.startsWith('${', at)) {
        const end = character === '`' ? '`' : '${'
        this.#at = at + end.length
        return { text: this.#unescape(from, at, chunkEscapes), end }
      }
    }
    throw this.#error('this backtick is never closed', start.offset, 1, 'write the closing backtick')
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0]
  }

  #token(kind: Token['kind'], raw: string, value: string = raw): Token {
    const offset = this.#at
    this.#at += raw.length
    return { kind, raw, value, offset }
  }

  #quoted(quote: string): Token {
    const start = this.#at
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text.charAt(at)
      if (character === '\\') at++
      else if (character === quote) {
        const value = this.#unescape(start + 1, at, escapes)
        return this.#token('text', this.#text.slice(start, at + 1), value)
      }
    }
    throw this.#error('this quote is never closed', start, 1, `write the closing ${quote}`)
  }

  #unescape(from: number, to: number, known: Readonly<Record<string, string>>): string {
    return this.#text.slice(from, to).replaceAll(/\\([^])/g, (whole, escaped: string, index: number) => {
      const meant = Object.hasOwn(known, escaped) ? known[escaped] : undefined
      if (meant !== undefined) return meant
      throw this.#error(`unknown escape "${whole}"`, from + index, 2, 'write \\\\ for a backslash')
    })
  }

  #number(raw: string): Token {
    const offset = this.#at
    const behind = this.#text.charAt(offset + raw.length)
    if (/\w/.test(behind)) {
      throw this.#error(`found "${behind}" right behind a number`, offset + raw.length, 1, 'put quotes around a text')
    }
    if (/^0\d/.test(raw)) {
      throw this.#error('a number does not begin with 0', offset, raw.length, 'put a file mode in quotes')
    }
    if (!Number.isFinite(Number(raw))) throw this.#error('the number is too large', offset, raw.length)
    return this.#token('number', raw)
  }

  #refuseForeign(): void {
    const found = foreignSigns.find(([sign]) => this.#text.startsWith(sign, this.#at))
    if (found === undefined || this.#isOwnSign(found[0])) return
    const [sign, hint] = found
    throw this.#error(`found "${sign}", which is nothing here`, this.#at, sign.length, hint)
  }

  /** `=` and `!` also begin what is an operator here. */
  #isOwnSign(sign: string): boolean {
    return sign.length === 1 && this.#text.charAt(this.#at + 1) === '=' && (sign === '=' || sign === '!')
  }

  #error(message: string, offset: number, length: number, hint?: string): LateSyntaxError {
    return new LateSyntaxError(message, offset, length, hint)
  }
}
