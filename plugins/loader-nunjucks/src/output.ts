import { Refusal } from './failure.js'
import type { Place } from '@prove/core'
import { maxLength, maxPieces } from './limits.js'
import { lastNotAfter, lineStarts, type TemplateText } from './template-text.js'

/** Where a piece of output comes from. */
export interface Origin {
  readonly source: TemplateText
  readonly offset: number
  /** The piece stands there letter by letter; what an expression printed does not. */
  readonly isCopy: boolean
}

/**
 * What was rendered so far, piece by piece. No marks are put into the text: a template can do to the text of a macro or of
 * a set-block whatever it likes, and a text may hold any character.
 */
export class Output {
  readonly pieces: string[] = []
  readonly origins: Origin[] = []
  length = 0

  add(text: string, origin: Origin): void {
    if (text === '') return
    this.length += text.length
    if (this.length > maxLength || this.pieces.length >= maxPieces) throw new Refusal('the output is too long')
    this.pieces.push(text)
    this.origins.push(origin)
  }

  append(other: Output): void {
    for (const [index, piece] of other.pieces.entries()) {
      const origin = other.origins[index]
      if (origin !== undefined) this.add(piece, origin)
    }
  }

  text(): string {
    return this.pieces.join('')
  }

  /**
   * Adds what filters made of another output. Where they kept its lines, as `indent` and `upper` do, each line comes from
   * the line that it was; otherwise all comes from `origin`.
   */
  addFiltered(text: string, before: Output, origin: Origin): void {
    const rendered = new Rendered(before)
    const lines = text.split('\n')
    const linesBefore = rendered.text.split('\n')
    if (lines.length !== linesBefore.length) return this.add(text, origin)
    let start = 0
    for (const [index, line] of lines.entries()) {
      const lineBefore = linesBefore[index] ?? ''
      const lineBreak = index === lines.length - 1 ? '' : '\n'
      this.#addLine(`${line}${lineBreak}`, rendered, start, `${lineBefore}${lineBreak}`, origin)
      start += lineBefore.length + 1
    }
  }

  #addLine(line: string, before: Rendered, start: number, lineBefore: string, origin: Origin): void {
    const first = start + Math.max(lineBefore.search(/\S/), 0)
    const from = { ...(before.originAt(first) ?? origin), isCopy: false }
    if (!line.endsWith(lineBefore)) return this.add(line, from)
    this.add(line.slice(0, line.length - lineBefore.length), from)
    before.copy(start, start + lineBefore.length, this)
  }
}

/** A finished output, which knows where each place of it comes from. */
export class Rendered {
  readonly text: string
  readonly #origins: readonly Origin[]
  readonly #starts: readonly number[]
  readonly #pieces: readonly string[]
  #lines: readonly number[] | undefined

  constructor(output: Output) {
    this.text = output.text()
    this.#origins = output.origins
    this.#pieces = output.pieces
    let start = 0
    this.#starts = output.pieces.map((piece) => {
      start += piece.length
      return start - piece.length
    })
  }

  /** The place in a template of a place in the text; undefined when nothing was rendered. */
  placeOf({ line, column }: Pick<Place, 'line' | 'column'>): Place | undefined {
    this.#lines ??= lineStarts(this.text)
    const end = this.#lines[line] ?? this.text.length
    const origin = this.originAt(Math.min((this.#lines[line - 1] ?? this.text.length) + column - 1, end))
    return origin?.source.place(origin.offset)
  }

  originAt(offset: number): Origin | undefined {
    const index = lastNotAfter(this.#starts, offset)
    const origin = this.#origins[index]
    if (origin === undefined || !origin.isCopy) return origin
    const inside = Math.min(Math.max(offset - (this.#starts[index] ?? 0), 0), this.#pieces[index]?.length ?? 0)
    return { ...origin, offset: origin.offset + inside }
  }

  /** Adds a part of this output to another. */
  copy(from: number, to: number, output: Output): void {
    for (let index = lastNotAfter(this.#starts, from); index < this.#starts.length; index++) {
      const start = this.#starts[index] ?? 0
      if (start >= to) return
      const skipped = Math.max(from - start, 0)
      const text = (this.#pieces[index] ?? '').slice(skipped, to - start)
      const origin = this.#origins[index]
      if (origin !== undefined)
        output.add(text, origin.isCopy ? { ...origin, offset: origin.offset + skipped } : origin)
    }
  }

  /** True when the other has the same text from the same places. */
  equals(other: Rendered): boolean {
    if (this.text !== other.text || this.#origins.length !== other.#origins.length) return false
    return (
      this.#starts.every((start, index) => start === other.#starts[index]) &&
      this.#origins.every((origin, index) => isSame(origin, other.#origins[index]))
    )
  }
}

const isSame = (one: Origin, other: Origin | undefined): boolean =>
  one === other ||
  (other !== undefined && one.source === other.source && one.offset === other.offset && one.isCopy === other.isCopy)
