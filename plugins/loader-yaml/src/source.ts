import { type Place, ProveError } from '@prove/core'

const lineStartsOf = (text: string): readonly number[] => [
  0,
  ...Array.from(text.matchAll(/\r\n|\r|\n/g), (lineBreak) => lineBreak.index + lineBreak[0].length),
]

/** The text of one file, which knows the place of every offset. */
export class Source {
  readonly text: string
  readonly #file: string
  readonly #lineStarts: readonly number[]

  constructor(file: string, text: string) {
    // Editors do not count a byte order mark as a column.
    this.text = text.replace(/^\uFEFF/, '')
    this.#file = file
    this.#lineStarts = lineStartsOf(this.text)
  }

  place(offset: number): Place {
    const inside = Math.min(Math.max(offset, 0), this.text.length)
    const line = this.#lineOf(inside)
    return { file: this.#file, line: line + 1, column: inside - this.lineStart(line) + 1 }
  }

  /** The first offset of a line, which counts from 0 here. */
  lineStart(line: number): number {
    return this.#lineStarts[line] ?? this.text.length
  }

  error(message: string, offset: number, hint?: string, cause?: unknown): ProveError {
    return new ProveError('PRV_LOADER_SYNTAX', message, { place: this.place(offset), hint, cause })
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
