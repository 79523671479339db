import { type ErrorCode, ProveError } from '@prove/core'
import type { Span } from './expression.js'

/** How much of a long expression is shown on each side of the caret. */
const shownAround = 60

/**
 * An error about a stretch of an expression. An expression is in no file, so the message itself carries the frame: two
 * lines behind the sentence, the text and carets under the stretch.
 */
export const expressionError = (
  text: string,
  { offset, length }: Span,
  message: string,
  hint?: string,
  code: ErrorCode = 'PRV_TARGET_EXPRESSION',
): ProveError => {
  const shownHint = hint === undefined ? undefined : onOneLine(hint)
  return new ProveError(code, `${onOneLine(message)}\n${frame(text, offset, length)}`, { hint: shownHint })
}

// One column for each unit: a tab or a line break would also move the caret away.
const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')

const frame = (text: string, offset: number, length: number): string => {
  const from = Math.max(0, offset - shownAround)
  const to = Math.min(text.length, offset + shownAround)
  const before = from > 0 ? '…' : ''
  const after = to < text.length ? '…' : ''
  const shown = onOneLine(text.slice(from, to))
  const carets = '^'.repeat(Math.max(1, Math.min(length, to - offset)))
  return `  ${before}${shown}${after}\n  ${' '.repeat(before.length + offset - from)}${carets}`
}
