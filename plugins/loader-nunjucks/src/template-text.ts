import { type ErrorCode, type ErrorDetails, type Place, ProveError } from '@prove/core'
import type { Node } from './nunjucks.js'

type Position = Pick<Node, 'lineno' | 'colno'>

/** The text of one template, which knows the place of every offset. */
export class TemplateText {
  readonly text: string
  // Nunjucks counts lines by \n alone, editors and YAML also by \r.
  #nunjucksLines: readonly number[] | undefined
  #lines: readonly number[] | undefined

  constructor(
    readonly file: string,
    text: string,
  ) {
    // Editors do not count a byte order mark as a column.
    this.text = text.replace(/^\uFEFF/, '')
  }

  /** The offset of a position that Nunjucks gives. */
  offsetOf({ lineno, colno }: Position): number {
    this.#nunjucksLines ??= lineStarts(this.text, /\n/g)
    return Math.min((this.#nunjucksLines[lineno] ?? this.text.length) + colno, this.text.length)
  }

  /** The place of an offset. */
  place(offset: number): Place {
    this.#lines ??= lineStarts(this.text, /\r\n|\r|\n/g)
    const inside = Math.min(Math.max(offset, 0), this.text.length)
    const line = lastNotAfter(this.#lines, inside)
    return { file: this.file, line: line + 1, column: inside - (this.#lines[line] ?? 0) + 1 }
  }

  placeOf(position: Position): Place {
    return this.place(this.offsetOf(position))
  }

  error(code: ErrorCode, message: string, at: Position | number, details: ErrorDetails = {}): ProveError {
    const place = typeof at === 'number' ? this.place(at) : this.placeOf(at)
    return new ProveError(code, message, { place, ...details })
  }
}

/** The offsets at which lines start. */
export const lineStarts = (text: string, lineBreak = /\r\n|\r|\n/g): readonly number[] => {
  const starts = [0]
  for (const found of text.matchAll(lineBreak)) starts.push(found.index + found[0].length)
  return starts
}

/** The index of the last of these ascending numbers that is not above a limit; the first where all are. */
export const lastNotAfter = (ascending: readonly number[], limit: number): number => {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((ascending[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return Math.max(low, 0)
}
