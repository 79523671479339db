/** What Python would make of a text: `{ value }`, or undefined where it is no literal and the text stands for itself. */
export const pythonLiteral = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: new LiteralReader(text).read() }
  } catch (error) {
    if (error instanceof NoLiteral) return undefined
    throw error
  }
}

class NoLiteral extends Error {}

const maxDepth = 50
const space = /[ \t\f]*(?:#.*)?/y
const number =
  /(?=\.?\d)(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?)/y
const word = /[A-Za-z_]\w*|\.\.\./y
const string = /([rR]?[bB]?|[bB][rR]|[uU])("""|'''|"|')((?:\\[^]|(?!\2)[^\\])*)\2/y

const constants = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['...', '...'],
])

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

class LiteralReader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): unknown {
    const value = this.#tuple('')
    if (this.#at < this.#text.length) throw new NoLiteral()
    return value
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found === null || found[0] === '') return undefined
    this.#at += found[0].length
    return found
  }

  #skip(character: string): boolean {
    this.#take(space)
    if (character === '' || this.#text[this.#at] !== character) return false
    this.#at++
    this.#take(space)
    return true
  }

  #ends(close: string): boolean {
    this.#take(space)
    return close === '' ? this.#at >= this.#text.length : this.#text[this.#at] === close
  }

  /** One value, or with a comma a list of them. */
  #tuple(close: string): unknown {
    const first = this.#value()
    if (!this.#skip(',')) return first
    return [first, ...this.#items(close, () => this.#value())]
  }

  #items<T>(close: string, read: () => T): readonly T[] {
    const items: T[] = []
    while (!this.#ends(close)) {
      items.push(read())
      if (!this.#skip(',') && !this.#ends(close)) throw new NoLiteral()
    }
    return items
  }

  #value(): unknown {
    if (++this.#depth > maxDepth) throw new NoLiteral()
    this.#take(space)
    const value = this.#collection() ?? this.#strings() ?? this.#scalar()
    this.#take(space)
    this.#depth--
    return value.value
  }

  #collection(): { readonly value: unknown } | undefined {
    if (this.#skip('[')) return this.#closed(']', () => this.#items(']', () => this.#value()))
    if (this.#skip('(')) return this.#closed(')', () => (this.#ends(')') ? [] : this.#tuple(')')))
    if (this.#skip('{')) return this.#closed('}', () => this.#mapOrSet())
    return undefined
  }

  #closed(close: string, read: () => unknown): { readonly value: unknown } {
    const value = read()
    if (this.#text[this.#at] !== close) throw new NoLiteral()
    this.#at++
    return { value }
  }

  #mapOrSet(): unknown {
    const pairs = this.#items('}', (): readonly [unknown, unknown?] => {
      const key = this.#value()
      return this.#skip(':') ? [key, this.#value()] : [key]
    })
    const isMap = pairs.every((pair) => pair.length === 2)
    if (!isMap && pairs.some((pair) => pair.length === 2)) throw new NoLiteral()
    // A list or a map is no key in Python either.
    if (pairs.some(([key]) => typeof key === 'object' && key !== null)) throw new NoLiteral()
    return isMap
      ? Object.fromEntries(pairs.map(([key, value]) => [String(key), value]))
      : [...new Set(pairs.map(([key]) => key))]
  }

  #strings(): { readonly value: string } | undefined {
    let value: string | undefined
    for (let found = this.#take(string); found !== undefined; found = this.#take(string)) {
      const [, prefix = '', , body = ''] = found
      value = (value ?? '') + (/r/i.test(prefix) ? body : unescaped(body))
      this.#take(space)
    }
    return value === undefined ? undefined : { value }
  }

  #scalar(): { readonly value: unknown } {
    const sign = this.#take(/[+-]\s*/y)?.[0].charAt(0)
    const found = this.#take(number)?.[0]
    if (found !== undefined) return { value: numberOf(found, sign === '-') }
    const name = sign === undefined ? this.#take(word)?.[0] : undefined
    if (name === undefined || !constants.has(name)) throw new NoLiteral()
    return { value: constants.get(name) }
  }
}

const numberOf = (text: string, isNegative: boolean): number => {
  const plain = text.replaceAll('_', '')
  const isInteger = /^(?:\d+$|0[xob])/i.test(plain)
  // Python refuses zeros before an integer, and JavaScript cannot hold the largest: such texts stay texts.
  if (/^0+[1-9]\d*$/.test(plain)) throw new NoLiteral()
  const value = Number(plain)
  if (!Number.isFinite(value) || (isInteger && !Number.isSafeInteger(value))) throw new NoLiteral()
  return isNegative ? 0 - value : value
}

const unescaped = (body: string): string =>
  body.replaceAll(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[^])/g, (whole, code: string) => {
    if (/^[xuU]./.test(code)) return fromCodePoint(Number.parseInt(code.slice(1), 16))
    if (/^[0-7]/.test(code)) return fromCodePoint(Number.parseInt(code, 8))
    if (/^[xuUN]/.test(code)) throw new NoLiteral()
    return escapes[code] ?? whole
  })

const fromCodePoint = (code: number): string => {
  if (code > 0x10ffff) throw new NoLiteral()
  return String.fromCodePoint(code)
}
