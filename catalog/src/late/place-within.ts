import type { Place } from '@prove/core'

/**
 * The place of one character of a text that a file holds as the value that begins at `start`; undefined where the value is
 * written in a way that hides it: the lines are read again, and must hold the text just as it is.
 */
export const placeWithin = (
  lines: readonly string[],
  start: Place,
  text: string,
  offset: number,
): Place | undefined => {
  const rest = lines[start.line - 1]?.slice(start.column - 1)
  if (rest === undefined) return undefined
  // What is missing at the end is missing behind the last word, and not in a line below.
  const at = Math.min(offset, text.trimEnd().length)
  const found = /^[|>][-+0-9]*[ \t]*(?:#.*)?$/.test(rest) ? inBlock(lines, start, text, at) : inLine(rest, text, at)
  if (found === undefined) return undefined
  return 'line' in found ? { ...start, ...found } : { ...start, column: start.column + found.ahead }
}

/** A plain scalar, or one in quotes, of one line. */
const inLine = (rest: string, text: string, at: number): { readonly ahead: number } | undefined => {
  const quote = rest.charAt(0)
  if (quote !== '"' && quote !== "'") return rest.startsWith(text) ? { ahead: at } : undefined
  const characters = quote === '"' ? /\\.|[^"\\]/gy : /''|[^']/gy
  let ahead = 1
  let read = 0
  let found: number | undefined
  for (const [raw] of rest.slice(1).matchAll(characters)) {
    if (read === at) found = ahead
    const character = meant(raw)
    if (character === undefined || character !== text.charAt(read)) return undefined
    ahead += raw.length
    read++
  }
  if (read !== text.length || rest.charAt(ahead) !== quote) return undefined
  return { ahead: found ?? ahead }
}

/** What stands for one character in quotes; undefined for escapes that are rare. */
const meant = (raw: string): string | undefined => {
  if (raw === "''") return "'"
  if (!raw.startsWith('\\')) return raw
  return new Map([
    ['\\n', '\n'],
    ['\\t', '\t'],
    ['\\"', '"'],
    ['\\\\', '\\'],
    ['\\/', '/'],
  ]).get(raw)
}

/** Lines below a `|` or a `>`; those of the latter are joined by blanks. */
const inBlock = (
  lines: readonly string[],
  { line: header }: Place,
  text: string,
  at: number,
): Pick<Place, 'line' | 'column'> | undefined => {
  const first = lines.slice(header).find((each) => each.trim() !== '') ?? ''
  // A number in the header may say that blanks at the start belong to the text.
  const indent = blanksBefore(first) - blanksBefore(text.split('\n').find((each) => each.trim() !== '') ?? '')
  let read = 0
  for (let line = header; line < lines.length && read <= at; line++) {
    const own = (lines[line] ?? '').slice(indent)
    if (!text.startsWith(own, read)) return undefined
    if (at <= read + own.length) return { line: line + 1, column: indent + at - read + 1 }
    read += own.length + 1
  }
  return undefined
}

const blanksBefore = (line: string): number => line.length - line.trimStart().length
