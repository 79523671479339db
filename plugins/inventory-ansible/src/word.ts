import type { SourceText } from '@prove/core'

/** A piece of the text, and its offset. */
export interface Word {
  readonly text: string
  readonly at: number
}

/** The lines that hold something, without the white space around them. */
export const linesOf = (source: SourceText): readonly Word[] =>
  Array.from({ length: source.lineCount }, (_, i) => source.lineStart(i)).flatMap((start, i) => {
    const line = source.text.slice(start, i + 1 < source.lineCount ? source.lineStart(i + 1) : undefined)
    const text = line.trim()
    return text === '' ? [] : [{ text, at: start + line.indexOf(text) }]
  })
