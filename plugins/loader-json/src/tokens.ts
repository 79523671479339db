import type { SourceText } from '@prove/core'
import { createScanner } from 'jsonc-parser'
import { commentError, textError } from './token-error.js'

/** A token, by its first character: `{ } [ ] : ,`, `"` for a text, `0` for a number, a word, or nothing at the end. */
export interface Token {
  readonly kind: '{' | '}' | '[' | ']' | ':' | ',' | '"' | '0' | 'word' | 'end'
  readonly at: number
  readonly end: number
  /** As written. */
  readonly raw: string
  /** The value of a text. */
  readonly value: string
}

// The numbers of SyntaxKind, a const enum, which modules that are compiled one by one cannot see.
const kinds: Readonly<Record<number, Token['kind']>> = {
  1: '{',
  2: '}',
  3: '[',
  4: ']',
  5: ',',
  6: ':',
  7: 'word',
  8: 'word',
  9: 'word',
  10: '"',
  11: '0',
  16: 'word',
  17: 'end',
}

const comments: readonly number[] = [12, 13]

/** Reads one token after the other; refuses comments, and texts that are not well-formed. */
export const tokensOf = (source: SourceText): (() => Token) => {
  const scanner = createScanner(source.text)
  return () => {
    for (;;) {
      const syntaxKind: number = scanner.scan()
      const at = scanner.getTokenOffset()
      if (comments.includes(syntaxKind)) throw commentError(source, at)
      const kind = kinds[syntaxKind]
      if (kind === undefined) continue
      const end = scanner.getPosition()
      const mistake: number = scanner.getTokenError()
      const token = { kind, at, end, raw: source.text.slice(at, end), value: scanner.getTokenValue() }
      if (kind === '"' && mistake !== 0) throw textError(source, token)
      return token
    }
  }
}
