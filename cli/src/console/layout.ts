import { type Line, padded, span, widthOf, widthOfText } from './line.js'

/** How lines for people are laid out. */
export interface Layout {
  /** Columns of the terminal; no end of them elsewhere. */
  readonly width: number
  /** On a terminal a person sees what belongs together; elsewhere each line must say of itself whose it is. */
  readonly isTerminal: boolean
  /** 0: what differs, long values cut; 1: all, and whole; 2: every round trip as well. */
  readonly verbose: number
  /** Lines of a diff shown at most; undefined for no diffs, 0 for all lines. */
  readonly diffLines: number | undefined
  /** Columns for names of targets; 0 for no names: there is but one. */
  readonly nameWidth: number
  /** Words of the command line that a further command needs too. */
  readonly files: readonly string[]
}

/** Columns for names beyond which a longer name pushes its own line to the right. */
const widestName = 24

export const nameWidthFor = (targets: readonly string[], isTerminal: boolean): number =>
  targets.length === 1 && isTerminal ? 0 : Math.min(widestName, Math.max(0, ...targets.map(widthOfText)))

/** Columns that are left beside the name. */
export const roomIn = ({ width, nameWidth }: Layout): number =>
  Math.max(20, width - (nameWidth === 0 ? 0 : nameWidth + 2))

/** Columns for what is laid out as a list, wherever it goes. */
const listWidth = 80

/** Columns of a list that are left beside the name. */
export const listRoomIn = (layout: Layout): number => roomIn({ ...layout, width: listWidthIn(layout) })

/** Columns of a list. */
export const listWidthIn = ({ width }: Layout): number => (Number.isFinite(width) ? width : listWidth)

/** Lines about a target, with its name. */
export const named = (target: string, lines: readonly Line[], { nameWidth, isTerminal }: Layout): readonly Line[] => {
  if (nameWidth === 0) return lines
  const name = [...padded([span(target)], nameWidth), span('  ')]
  const blank = [span(' '.repeat(widthOf(name)))]
  return lines.map((line, i) => [...(i > 0 && isTerminal ? blank : name), ...line])
}
