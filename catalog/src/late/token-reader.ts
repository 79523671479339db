import type { Late } from '@prove/core'
import { LateSyntaxError } from './late-error.js'
import { type Chunk, Lexer, type Token } from './lexer.js'
import { maxDepth } from './limits.js'
import { partsOf } from './parts-of.js'
import { spanned } from './spans.js'
import { namedToken, operatorHint } from './wording.js'

/** Goes through the tokens of an expression, and keeps count of how deep it nests. */
export class TokenReader {
  readonly #lexer: Lexer
  readonly #depths = new WeakMap<Late, number>()
  #nesting = 0
  protected token: Token
  protected previous: Token | undefined

  constructor(text: string) {
    this.#lexer = new Lexer(text)
    this.token = this.#lexer.next()
  }

  protected isAtEnd(): boolean {
    return this.token.kind === 'end'
  }

  protected advance(): void {
    this.previous = this.token
    this.token = this.#lexer.next()
  }

  /** Goes on behind a word or a sign, where it stands here. */
  protected take(raw: string): boolean {
    if (this.token.raw !== raw || this.isAtEnd()) return false
    this.advance()
    return true
  }

  /** Only while the token is the start of a text in backticks, or the end of a piece of one. */
  protected chunk(start: Token): Chunk {
    return this.#lexer.chunk(start)
  }

  protected close(open: Token, end: string): void {
    if (this.take(end)) return
    if (this.isAtEnd()) throw this.error(open, `this "${open.raw}" is never closed`, `write the "${end}"`)
    throw this.unexpected(`an operator or "${end}"`)
  }

  protected nested<T>(start: Token, read: () => T): T {
    if (++this.#nesting > maxDepth) throw this.#tooDeep(start)
    const found = read()
    this.#nesting--
    return found
  }

  /** The same tree; throws where it is deeper than those who walk it can go. Chains nest as well: `a.b.c`, `a + b + c`. */
  protected node(start: Token, tree: Late): Late {
    const inside = partsOf(tree).map((part) => this.#depths.get(part) ?? 0)
    const depth = 1 + inside.reduce((deepest, each) => Math.max(deepest, each), 0)
    if (depth > maxDepth) throw this.#tooDeep(start)
    this.#depths.set(tree, depth)
    return spanned(tree, start)
  }

  #tooDeep(start: Token): LateSyntaxError {
    return this.error(start, 'the expression nests too deep', 'write it flatter, or keep a part of it in a variable')
  }

  protected unexpected(expected: string, hint?: string, found: Token = this.token): LateSyntaxError {
    const said = hint ?? operatorHint(found, this.previous)
    return this.error(found, `found ${namedToken(found)}, expected ${expected}`, said)
  }

  protected error(at: Token, message: string, hint?: string): LateSyntaxError {
    return new LateSyntaxError(message, at.offset, Math.max(1, at.raw.length), hint)
  }
}
