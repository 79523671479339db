/** The lines of a text, each with its end as it is; the last may have none. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** A line without its end, be it LF or CRLF. */
export const bare = (line: string): string => line.replace(/\r?\n$/, '')

/** Lines as one text, where what comes behind a last line without an end still begins a line. */
export const joined = (lines: readonly string[]): string =>
  lines.map((line, i) => (i < lines.length - 1 && !line.endsWith('\n') ? `${line}\n` : line)).join('')
