import type { ProveError, SourceText } from '@prove/core'
import { type Entry, listNode, mapNode, type Node, scalarNode } from './node.js'
import { numberError, wordError } from './token-error.js'
import { type Token, tokensOf } from './tokens.js'

/** How many lists and maps may lie inside one another. */
const maxDepth = 100

/** The one value of a text with the offsets of all there is in it, or undefined when there is none. */
export const readTree = (source: SourceText): Node | undefined => new TreeReader(source).read()

class TreeReader {
  readonly #source: SourceText
  readonly #scan: () => Token
  /** The brackets that are not closed yet. */
  readonly #open: Token[] = []
  #token: Token
  #previousEnd = 0

  constructor(source: SourceText) {
    this.#source = source
    this.#scan = tokensOf(source)
    this.#token = this.#scan()
  }

  read(): Node | undefined {
    if (this.#is('end')) return undefined
    const root = this.#value()
    const { kind, at } = this.#token
    if (kind === '}' || kind === ']')
      throw this.#error(`there is nothing left that ${kind} could close`, at, 'remove it')
    if (kind !== 'end') throw this.#error('the file holds more than one value', at, 'put all states into one map')
    return root
  }

  #is(kind: Token['kind']): boolean {
    return this.#token.kind === kind
  }

  #next(): Token {
    const token = this.#token
    this.#previousEnd = token.end
    this.#token = this.#scan()
    return token
  }

  #value(): Node {
    const token = this.#token
    switch (token.kind) {
      case '{':
        return this.#inside(() => mapNode(token.at, this.#entries()))
      case '[':
        return this.#inside(() => listNode(token.at, this.#items()))
      case '"':
        return scalarNode(token.at, this.#next().value)
      case '0':
        return this.#number()
      case 'word':
        return this.#word(token)
      default:
        throw this.#missingValue()
    }
  }

  #inside(read: () => Node): Node {
    if (this.#open.length === maxDepth) {
      throw this.#error('lists and maps nest too deep', this.#token.at, 'write flatter values')
    }
    this.#open.push(this.#next())
    const node = read()
    this.#open.pop()
    this.#next()
    return node
  }

  #number(): Node {
    const { at, end, raw } = this.#next()
    const glued = /^[\w.+-]*/.exec(this.#source.text.slice(end))?.[0] ?? ''
    if (glued !== '' || /[.eE+-]$/.test(raw)) throw numberError(this.#source, at, raw + glued)
    const value = Number(raw)
    if (!Number.isFinite(value))
      throw this.#error(`the number ${raw} is too large`, at, 'write it as a text in double quotes')
    return scalarNode(at, value)
  }

  #word(token: Token): Node {
    const values: ReadonlyMap<string, unknown> = new Map<string, unknown>([
      ['true', true],
      ['false', false],
      ['null', null],
    ])
    if (!values.has(token.raw)) throw wordError(this.#source, token)
    return scalarNode(this.#next().at, values.get(token.raw))
  }

  #items(): readonly Node[] {
    const items: Node[] = []
    if (this.#is(']')) return items
    for (;;) {
      items.push(this.#value())
      if (this.#isLast(']')) return items
    }
  }

  #entries(): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>()
    if (this.#is('}')) return entries
    for (;;) {
      const key = this.#key(entries)
      this.#colon(key)
      entries.set(key.value, { keyAt: key.at, value: this.#value() })
      if (this.#isLast('}')) return entries
    }
  }

  #key(entries: ReadonlyMap<string, Entry>): Token {
    const { kind, at, raw, value } = this.#token
    if (kind !== '"') throw this.#noKey()
    // Code that copies keys one by one would set the prototype by it.
    if (value === '__proto__') throw this.#error('the key "__proto__" is not allowed', at, 'use another key')
    const first = entries.get(value)
    if (first !== undefined) {
      const { line } = this.#source.place(first.keyAt)
      throw this.#error(`the key ${raw} is written twice`, at, `remove one of the two, the other is in line ${line}`)
    }
    return this.#next()
  }

  #colon({ raw }: Token): void {
    if (this.#token.kind === ':') return void this.#next()
    if (this.#is('end')) throw this.#neverClosed()
    const hint = this.#token.raw.startsWith('=') ? 'write : instead of =' : 'write "key": value'
    const at = this.#token.kind === 'word' ? this.#token.at : this.#previousEnd
    throw this.#error(`a colon is missing after the key ${raw}`, at, hint)
  }

  /** Whether the list or map ends here; if not, the comma has been read. */
  #isLast(close: '}' | ']'): boolean {
    const { kind, at, raw } = this.#token
    if (kind === close) return true
    if (kind === ',') {
      this.#next()
      if (!this.#is(close)) return false
      throw this.#error(`there is a comma before the closing ${close}`, at, 'remove the comma')
    }
    if (kind === 'end') throw this.#neverClosed()
    if (kind === '}' || kind === ']') throw this.#wrongClose(close)
    if (kind === ':')
      throw this.#error('unexpected ":"', at, 'write a comma between values; only a map, in {}, has keys')
    if (raw === ';') throw this.#error('a comma is missing', at, 'write , instead of ;')
    if (kind === 'word' && !/^[\p{L}\d'"_-]/u.test(raw)) throw wordError(this.#source, this.#token)
    throw this.#error('a comma is missing', this.#previousEnd, 'write a comma between this value and the next')
  }

  #noKey(): ProveError {
    const { kind, at, raw } = this.#token
    if (kind === 'end') return this.#neverClosed()
    if (kind === ']') return this.#wrongClose('}')
    if (kind === ',') return this.#error('a key is missing before this comma', at, 'remove the comma')
    if (kind === ':') return this.#error('a key is missing before this colon', at, 'write "key": value')
    if (kind === 'word' && /^[\p{L}_$]/u.test(raw)) {
      return this.#error(`the key ${raw} is not in double quotes`, at, `write "${raw}"`)
    }
    if (kind === 'word') return wordError(this.#source, this.#token)
    return this.#error('a key is a text in double quotes', at, 'write "key": value')
  }

  #missingValue(): ProveError {
    const { kind, at } = this.#token
    if (kind === 'end') return this.#neverClosed()
    const open = this.#open.at(-1)?.kind
    if (kind === '}' && open === '[') return this.#wrongClose(']')
    if (kind === ']' && open === '{') return this.#wrongClose('}')
    return this.#error(`a value is missing before this ${nameOf[kind] ?? kind}`, at, 'write a value, or null')
  }

  #wrongClose(wanted: '}' | ']'): ProveError {
    const { at, raw } = this.#token
    const { line } = this.#source.place(this.#open.at(-1)?.at ?? 0)
    const open = wanted === '}' ? '{' : '['
    return this.#error(`${raw} stands where ${wanted} is expected`, at, `close the ${open} of line ${line} first`)
  }

  /** The end of the file says nothing; the bracket that lacks its other half does. */
  #neverClosed(): ProveError {
    const open = this.#open.at(-1)
    const close = open?.kind === '[' ? ']' : '}'
    return this.#error(`this ${open?.raw ?? '{'} is never closed`, open?.at ?? 0, `write the missing ${close}`)
  }

  #error(message: string, at: number, hint: string): ProveError {
    return this.#source.error(message, at, hint)
  }
}

const nameOf: Readonly<Record<string, string>> = { ',': 'comma', ':': 'colon' }
