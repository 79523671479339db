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
    found.lastIndex = offset
    const match = found.exec(text)
    if (match === null) break
    offset = match.index
  }
  const before = text.slice(0, offset).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
