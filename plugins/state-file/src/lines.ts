/** A line, and how it ends: the last one may have no end. */
export interface Line {
  readonly text: string
  readonly end: '\n' | '\r\n' | ''
}

/** The lines of a text, of which every character is in one of them. */
export const linesOf = (text: string): readonly Line[] => {
  const pieces = text.split('\n')
  const last = pieces.pop() ?? ''
  const lines = pieces.map((piece): Line =>
    piece.endsWith('\r') ? ended(piece.slice(0, -1), '\r\n') : ended(piece, '\n'),
  )
  return last === '' ? lines : [...lines, ended(last, '')]
}

const ended = (text: string, end: Line['end']): Line => ({ text, end })

export const textOf = (lines: readonly Line[]): string => lines.map(({ text, end }) => text + end).join('')

/** How new lines end: as those that are there. */
const endOf = (lines: readonly Line[]): '\n' | '\r\n' => (lines[0]?.end === '\r\n' ? '\r\n' : '\n')

/** Puts lines before the one at an index. A file whose last line has no end keeps it so. */
export const inserted = (lines: readonly Line[], at: number, texts: readonly string[]): readonly Line[] => {
  const end = endOf(lines)
  const fresh = texts.map((text) => ended(text, end))
  const last = lines.at(-1)
  if (at < lines.length || last === undefined || last.end !== '') return lines.toSpliced(at, 0, ...fresh)
  return withoutEnd([...lines.slice(0, -1), ended(last.text, end), ...fresh])
}

/** The same lines, of which the last has no end. */
export const withoutEnd = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line, i) => (i === lines.length - 1 ? ended(line.text, '') : line))

/** The lines of an argument: a line break at its end begins no further line. */
export const argumentLines = (text: string): readonly string[] => linesOf(text).map((line) => line.text)
