import { randomBytes } from 'node:crypto'

/** A word that nobody can guess, to stand behind each part of an output. */
export const newMark = (): string => randomBytes(12).toString('hex')

/** Shell text that ends a part, and says a word of it: without any process, where to count its bytes takes several. */
export const endPart = (mark: string, word = '.'): string => `printf '\\n%s %s\\n' ${mark} "${word}"`

/** A part that was ended so. */
export interface MarkedPart {
  readonly bytes: Buffer
  readonly word: string
}

/** The parts of an output that are whole, in order. */
export const markedParts = (output: Buffer, mark: string): readonly MarkedPart[] => {
  const parts: MarkedPart[] = []
  const end = Buffer.from(`\n${mark} `)
  for (let at = 0; ;) {
    const until = output.indexOf(end, at)
    const next = until < 0 ? -1 : output.indexOf(10, until + end.length)
    if (next < 0) return parts
    const word = output.subarray(until + end.length, next).toString('latin1')
    parts.push({ bytes: output.subarray(at, until), word })
    at = next + 1
  }
}
