import type { Place } from '../error.js'

const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)

/**
 * The place of a key in the text of a configuration, found by looking for the keys of the path one after the other. The
 * file may be code, whose data has no places; text that is laid out like the data is all that can be looked for.
 */
export const placeInConfig = (file: string, text: string, path: readonly PropertyKey[]): Place => {
  let offset = 0
  for (const step of path) {
    if (typeof step !== 'string') continue
    const found = new RegExp(`(?<=^|[\\s{,(])["']?${escape(step)}["']?\\s*[:(,]`, 'gm')
    const matches = [...text.matchAll(found)].filter(({ index }) => index >= offset)
    // A key further out than another of the same name is the one that is meant.
    const [match] = matches.toSorted((a, b) => indentationAt(text, a.index) - indentationAt(text, b.index))
    if (match === undefined) break
    offset = match.index
  }
  const before = text.slice(0, offset).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const indentationAt = (text: string, offset: number): number => {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1)
  return line.length - line.trimStart().length
}
