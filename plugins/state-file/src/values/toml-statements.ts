import type { KeyPath } from './key-path.js'

/** A header of a table, or a name with a value, and where it stands in the text. */
export interface Statement {
  /** Of the table that it is in, or begins. */
  readonly table: KeyPath
  /** Of what it sets: the table itself for a header. */
  readonly path: KeyPath
  readonly lineStart: number
  /** Behind the end of its last line. */
  readonly lineEnd: number
  /** Of the value, without the comment behind it; absent for a header. */
  readonly value?: { readonly from: number; readonly to: number }
}

const quotes = ['"""', "'''", '"', "'"] as const

/** Behind the text in quotes that begins at an offset. */
const endOfString = (text: string, from: number): number => {
  const quote = quotes.find((each) => text.startsWith(each, from)) ?? '"'
  for (let i = from + quote.length; i < text.length; i++) {
    if (quote.startsWith('"') && text[i] === '\\') i += 1
    else if (text.startsWith(quote, i)) {
      // Up to two quotes more may belong to a text of several lines.
      let end = i + quote.length
      while (quote.length === 3 && text[end] === quote[0] && end < i + 5) end += 1
      return end
    }
  }
  return text.length
}

const isQuote = (character: string | undefined): boolean => character === '"' || character === "'"

/** Behind the value that begins at an offset: texts, lists and maps may hold what would end others. */
const endOfValue = (text: string, from: number): number => {
  let depth = 0
  let end = from
  for (let i = from; i < text.length;) {
    const character = text[i] ?? ''
    if (isQuote(character)) {
      i = endOfString(text, i)
      end = i
      continue
    }
    if (character === '#') {
      if (depth === 0) break
      i = text.indexOf('\n', i) < 0 ? text.length : text.indexOf('\n', i)
      continue
    }
    if (character === '\n' && depth === 0) break
    if (character === '[' || character === '{') depth += 1
    if (character === ']' || character === '}') depth -= 1
    i += 1
    if (character.trim() !== '') end = i
  }
  return end
}

/** The steps of a dotted name that begins at an offset, and what is behind it. */
const readPath = (text: string, from: number): { path: KeyPath; end: number } => {
  const path: string[] = []
  let i = from
  for (;;) {
    while (text[i] === ' ' || text[i] === '\t') i += 1
    const isQuoted = isQuote(text[i])
    const end = isQuoted ? endOfString(text, i) : i + (/^[^\s.=\]]*/.exec(text.slice(i, i + 500))?.[0].length ?? 0)
    const word = text.slice(i, end)
    path.push(word.startsWith('"') ? (JSON.parse(word) as string) : isQuoted ? word.slice(1, -1) : word)
    i = end
    while (text[i] === ' ' || text[i] === '\t') i += 1
    if (text[i] !== '.') return { path, end: i }
    i += 1
  }
}

/** All headers and values of a text that is TOML, in order. Tables in lists have their index in the path. */
export const statementsOf = (text: string): readonly Statement[] => {
  const statements: Statement[] = []
  const counts = new Map<string, number>()
  let table: KeyPath = []
  for (let at = 0; at < text.length;) {
    const lineStart = at
    const start = at + (/^[\s\uFEFF]*/.exec(text.slice(at))?.[0].length ?? 0)
    const lineOf = text.lastIndexOf('\n', start - 1) + 1
    const isHeader = text[start] === '['
    const isList = text.startsWith('[[', start)
    if (start >= text.length) break
    let end: number
    if (text[start] === '#') end = start
    else if (isHeader) {
      const read = readPath(text, start + (isList ? 2 : 1))
      table = placed(read.path, counts, isList)
      end = read.end + (isList ? 2 : 1)
    } else end = start
    let value: Statement['value']
    let path = table
    if (!isHeader && text[start] !== '#') {
      const read = readPath(text, start)
      const from = read.end + 1 + (/^[ \t]*/.exec(text.slice(read.end + 1, read.end + 500))?.[0].length ?? 0)
      value = { from, to: endOfValue(text, from) }
      path = [...table, ...read.path]
      end = value.to
    }
    const close = text.indexOf('\n', end)
    at = close < 0 ? text.length : close + 1
    if (text[start] === '#') continue
    statements.push({
      table,
      path,
      lineStart: Math.max(lineStart, lineOf),
      lineEnd: at,
      ...(value === undefined ? {} : { value }),
    })
  }
  return statements
}

/** A path in which a list of tables has the index of the table that was begun last. */
const placed = (path: KeyPath, counts: Map<string, number>, isList: boolean): KeyPath => {
  const found: (string | number)[] = []
  for (const [i, step] of path.entries()) {
    found.push(step)
    const key = JSON.stringify(found)
    if (isList && i === path.length - 1) counts.set(key, (counts.get(key) ?? -1) + 1)
    const index = counts.get(key)
    if (index !== undefined) found.push(index)
  }
  return found
}
