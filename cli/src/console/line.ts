import stringWidth from 'string-width'
import type { Colors } from './colors.js'
import { printable } from './printable.js'

/**
 * What a piece of a line means. Only colours that can be read on light and on dark: yellow and cyan cannot on white, blue
 * cannot on black. None says anything that the words do not say.
 */
export type Tone = 'plain' | 'good' | 'bad' | 'open' | 'faint' | 'strong'

export interface Span {
  readonly text: string
  readonly tone: Tone
}

/** One line for people, as it is meant: its colours, and what a terminal must not obey, are seen to when it is painted. */
export type Line = readonly Span[]

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone })

export const faint = (text: string): Span => span(text, 'faint')

/** Several lines of plain text. */
export const textLines = (text: string, tone: Tone = 'plain'): readonly Line[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => [span(line, tone)])

const paints: Readonly<Record<Tone, (colors: Colors) => (text: string) => string>> = {
  plain: () => (text) => text,
  good: ({ green }) => green,
  bad: ({ red }) => red,
  open: ({ magenta }) => magenta,
  faint: ({ dim }) => dim,
  strong: ({ bold }) => bold,
}

/** The text of a line for a terminal or a file. The only way from what targets say to where people read. */
export const painted = (line: Line, colors: Colors): string =>
  line
    .filter(({ text }) => text !== '')
    .map(({ text, tone }) => paints[tone](colors)(clean(text)))
    .join('')

/** On one line whatever it holds. */
const clean = (text: string): string => printable(text).replaceAll('\n', '\\n')

/** Columns that a text takes. */
export const widthOfText = (text: string): number => stringWidth(clean(text))

/** Columns that a line takes. */
export const widthOf = (line: Line): number => line.reduce((sum, { text }) => sum + widthOfText(text), 0)

/** At most so many columns of a text; what is missing shows as `…`. */
export const cutText = (text: string, width: number): string => {
  const whole = clean(text)
  if (stringWidth(whole) <= width) return whole
  let shown = ''
  let taken = 0
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    taken += stringWidth(segment)
    if (taken > width - 1) break
    shown += segment
  }
  return width < 1 ? '' : `${shown}…`
}

/** At most so many columns of a line. Tabs count as one column, and are made to be that. */
export const cut = (line: Line, width: number): Line => {
  const spans: Span[] = []
  let left = width
  for (const { text, tone } of line) {
    const flat = clean(text).replaceAll('\t', ' ')
    const whole = stringWidth(flat)
    const shown = whole <= left ? flat : cutText(flat, left)
    if (shown !== '') spans.push({ text: shown, tone })
    left -= whole
    if (left < 0) break
  }
  return spans
}

/** A line of at least so many columns. */
export const padded = (line: Line, width: number): Line => {
  const missing = width - widthOf(line)
  return missing > 0 ? [...line, span(' '.repeat(missing))] : line
}
