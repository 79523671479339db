import { bare, joined, linesOf } from '@prove/core/files'

const beginMark = (name: string): string => `# prove: ${name}`
const endMark = (name: string): string => `# prove end: ${name}`

interface Block {
  /** Index of the first mark. */
  readonly begin: number
  /** Index behind the last line that belongs to it. */
  readonly end: number
}

/**
 * The lines between the marks of a name, marks included. Of marks that somebody broke, only the mark itself is ours: the
 * lines below it may be anybody's.
 */
const find = (lines: readonly string[], name: string): Block | undefined => {
  const begin = lines.findIndex((line) => bare(line) === beginMark(name))
  if (begin < 0) return undefined
  const next = lines.findIndex((line, i) => i > begin && /^# prove(?: end)?: /.test(line))
  const isClosed = next >= 0 && bare(lines[next] ?? '') === endMark(name)
  return { begin, end: isClosed ? next + 1 : begin + 1 }
}

/** What stands between the marks; undefined where there are none. */
export const markedLine = (text: string, name: string): string | undefined => {
  const lines = linesOf(text)
  const block = find(lines, name)
  if (block === undefined) return undefined
  return lines
    .slice(block.begin + 1, Math.max(block.begin + 1, block.end - 1))
    .join('')
    .replace(/\n$/, '')
}

/** The text with this line between the marks of the name, where they are or at the end. No other byte changes. */
export const withMarkedLine = (text: string, name: string, line: string): string => {
  const lines = linesOf(text)
  const { begin, end } = find(lines, name) ?? { begin: lines.length, end: lines.length }
  const own = [beginMark(name), line, endMark(name)].map((each) => `${each}\n`)
  const isSame = lines.slice(begin, end).map(bare).join('\n') === own.map(bare).join('\n')
  if (isSame && lines[begin + 1] === own[1]) return text
  return joined([...lines.slice(0, begin), ...own, ...lines.slice(end)])
}

/** The text without the marks and what is between them. */
export const withoutMarkedLine = (text: string, name: string): string => {
  const lines = linesOf(text)
  const block = find(lines, name)
  return block === undefined ? text : joined([...lines.slice(0, block.begin), ...lines.slice(block.end)])
}
