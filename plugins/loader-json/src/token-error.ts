import type { ProveError, SourceText } from '@prove/core'
import type { Token } from './tokens.js'

/** JSON has no comments, though many tools let them pass. */
export const commentError = (source: SourceText, at: number): ProveError =>
  source.error('JSON has no comments', at, 'remove the comment, or write the file as .yml')

/** What is wrong inside a text in double quotes, at the very character. */
export const textError = (source: SourceText, { at, raw }: Token): ProveError => {
  const isClosed = /^"(?:[^"\\]|\\[^])*"$/.test(raw)
  if (!isClosed) {
    return source.error(
      'a text is not closed',
      at,
      'write the closing quote in the same line; a line break inside is \\n',
    )
  }
  const escape = /\\(?!["\\/bfnrtu]|$)[^]|\\u(?![0-9a-fA-F]{4})/.exec(skipGoodEscapes(raw))
  // A control character is the only other thing that a text may not hold.
  // eslint-disable-next-line no-control-regex
  const control = /[\u0000-\u001f]/.exec(raw)
  if (escape !== null && (control === null || escape.index < control.index)) {
    return escape[0] === '\\u'
      ? source.error('\\u needs four hexadecimal digits', at + escape.index, 'write it as \\u00e9')
      : source.error(`unknown escape sequence ${escape[0]}`, at + escape.index, 'write \\\\ for a backslash')
  }
  const hint = control?.[0] === '\t' ? 'write a tab as \\t' : 'write it as an escape such as \\u001b'
  return source.error('a text holds a control character', at + (control?.index ?? 0), hint)
}

/** The same length, without the escapes that hide a backslash. */
const skipGoodEscapes = (raw: string): string => raw.replaceAll('\\\\', '..')

/** A word that is no JSON value, or a character that does not belong where it is. */
export const wordError = (source: SourceText, token: Token): ProveError => {
  const { at } = token
  // The scanner takes a minus that no digit follows for a word of its own.
  const raw = token.raw === '-' ? (/^-[\w.]*/.exec(source.text.slice(at))?.[0] ?? '-') : token.raw
  const [first = ''] = raw
  if (/['`‘’“”]/.test(first)) {
    return source.error('a text is not in double quotes', at, `write " instead of ${first}`)
  }
  if (/^[-+]?(?:NaN|Infinity)$/.test(raw)) {
    return source.error(`JSON has no ${raw}`, at, 'write a number, or null')
  }
  if (/^(?:undefined|None|nil)$/i.test(raw)) return source.error(`JSON has no ${raw}`, at, 'write null')
  if (/^(?:true|false|null|yes|no|on|off)$/i.test(raw)) {
    const lower = raw.toLowerCase()
    const meant = /^(?:yes|on)$/.test(lower) ? 'true' : /^(?:no|off)$/.test(lower) ? 'false' : lower
    return source.error(`JSON has no ${raw}`, at, `write ${meant}, or "${raw}" for a text`)
  }
  if (/^[-+.]*\d/.test(raw)) return numberError(source, at, raw)
  if (/^[\p{L}_$]/u.test(first)) {
    return source.error(`the text ${raw} is not in double quotes`, at, `write "${raw}"`)
  }
  return source.error(`unexpected ${JSON.stringify(first)}`, at, 'write a value here, and texts in double quotes')
}

/** A number that other languages take and JSON does not. */
export const numberError = (source: SourceText, at: number, raw: string): ProveError => {
  if (/^-?0\d/.test(raw)) {
    return source.error('a number must not begin with 0', at, `write "${raw}" for digits that must stay as they are`)
  }
  return source.error(`${raw} is not a JSON number`, at, 'write it as 1, -1, 0.5 or 1e3, or as a text in double quotes')
}
