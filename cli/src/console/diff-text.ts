import { type Line, span, type Span } from './line.js'

/** A unified diff without the names of its files: at most so many lines, all of them for 0. */
export const diffText = (diff: string, limit: number): readonly Line[] => {
  const lines = diff
    .replace(/\n$/, '')
    .split('\n')
    .filter((line, i) => i > 1 || !/^(---|\+\+\+)/.test(line))
  const shown = limit === 0 ? lines : lines.slice(0, limit)
  const left = lines.length - shown.length
  const more = `… ${left} more ${left === 1 ? 'line' : 'lines'} (--diff-lines 0 shows all)`
  return [...shown.map((line) => [spanOf(line)]), ...(left > 0 ? [[span(more, 'faint')]] : [])]
}

const spanOf = (line: string): Span => {
  if (line.startsWith('@@')) return span(line, 'strong')
  if (line.startsWith('+')) return span(line, 'good')
  return line.startsWith('-') ? span(line, 'bad') : span(line)
}
