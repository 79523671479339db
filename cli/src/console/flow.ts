import { type Line, type Span, span, widthOf, widthOfText } from './line.js'

const gap = '  '

/**
 * Items one after the other behind a head, in as few lines as the width allows; further lines are indented. An item that
 * is too long for a line of its own is broken between its words.
 */
export const flow = (head: Line, items: readonly Line[], width: number, indent: number): readonly Line[] => {
  const margin = span(' '.repeat(indent))
  const lines: Span[][] = (widthOf(head) > width ? hanging(head, width, indent) : [head]).map((line) => [...line])
  // Measured once each: a line may have thousands of items where it has no end.
  let taken = widthOf(lines.at(-1) ?? [])
  for (const item of items) {
    const columns = gap.length + widthOf(item)
    if (taken + columns <= width) {
      lines.at(-1)?.push(span(gap), ...item)
      taken += columns
    } else {
      lines.push(...wrapped(item, width - indent).map((line) => [margin, ...line]))
      taken = widthOf(lines.at(-1) ?? [])
    }
  }
  return lines
}

/** A line broken between its words; further lines are indented. */
export const hanging = (line: Line, width: number, indent: number): readonly Line[] => {
  const [first = [], ...rest] = wrapped(line, width, width - indent)
  return [first, ...rest.map((each) => [span(' '.repeat(indent)), ...each])]
}

/** A line broken between its words, further lines at a width of their own; a word that is longer than a line stays whole. */
export const wrapped = (line: Line, width: number, further = width): readonly Line[] => {
  const lines: Span[][] = [[]]
  let taken = 0
  for (const { text, tone } of line) {
    for (const word of text.split(/(?<= )(?=[^ ])/)) {
      const columns = widthOfText(word.trimEnd())
      if (taken > 0 && taken + columns > (lines.length === 1 ? width : further)) {
        lines.push([])
        taken = 0
      }
      lines.at(-1)?.push(span(word, tone))
      taken += widthOfText(word)
    }
  }
  return lines.map(withoutEnd)
}

/** Blanks at the end of a line are nothing to see. */
const withoutEnd = (line: readonly Span[]): Line =>
  line.map((each, i) => (i === line.length - 1 ? { ...each, text: each.text.trimEnd() } : each))
