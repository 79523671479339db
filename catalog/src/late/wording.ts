import type { Token } from './lexer.js'

/** Words that are no names. */
export const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'if', 'else', 'is'])

export const operandHint = 'write a text in quotes, a number, a name, or a read such as file("/x").exists'

/** A token as messages name it; what stands in quotes may be a secret. */
export const namedToken = ({ kind, raw }: Token): string => {
  if (kind === 'end') return 'the end'
  if (kind === 'text') return 'a text'
  return raw.length > 60 ? `"${raw.slice(0, 59)}…"` : `"${raw}"`
}

/** What to do about a token that stands where an operator should. */
export const operatorHint = (found: Token, previous: Token | undefined): string | undefined => {
  const shouted = [found, previous].find((token) => token?.kind === 'word' && isShouted(token.raw))
  if (shouted !== undefined) return `write "${shouted.raw.toLowerCase()}" in small letters`
  if (found.raw === 'is') return 'compare with "==", as in x == null'
  if (found.kind === 'text') return 'join texts with "~"'
  if (found.kind === 'sign' && [')', ']', '}'].includes(found.raw)) return `remove the "${found.raw}"`
  return undefined
}

const isShouted = (word: string): boolean => word !== word.toLowerCase() && reserved.has(word.toLowerCase())
