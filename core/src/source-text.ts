import type { ErrorCode } from './error-table.js'
import { type Place, ProveError } from './error.js'

/** The text of one file, which knows the place of every offset. For loaders and inventory formats. */
export class SourceText {
  /** Without a byte order mark: editors do not count one as a column. */
  readonly text: string
  readonly #lineStarts: readonly number[]

  constructor(
    private readonly file: string,
    text: string,
    /** What {@link error} tells. */
    private readonly code: ErrorCode = 'PRV_LOADER_SYNTAX',
  ) {
    this.text = text.replace(/^\uFEFF/, '')
    const breaks = Array.from(this.text.matchAll(/\r\n|\r|\n/g), (found) => found.index + found[0].length)
    this.#lineStarts = [0, ...breaks]
  }

  /** The place of an offset; of the nearest one where it lies outside. */
  place(offset: number): Place {
    const inside = Math.min(Math.max(offset, 0), this.text.length)
    const line = this.#lineOf(inside)
    return { file: this.file, line: line + 1, column: inside - this.lineStart(line) + 1 }
  }

  /** The first offset of a line, which counts from 0 here. */
  lineStart(line: number): number {
    return this.#lineStarts[line] ?? this.text.length
  }

  get lineCount(): number {
    return this.#lineStarts.length
  }

  error(message: string, offset: number, hint?: string, cause?: unknown): ProveError {
    return new ProveError(this.code, message, { place: this.place(offset), hint, cause })
  }

  #lineOf(offset: number): number {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.lineStart(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}
