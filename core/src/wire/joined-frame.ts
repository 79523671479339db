import { endPart, markedParts, newMark } from './marked-parts.js'
import { quote } from './quote.js'

/** A script, and what to make of its output. */
interface ReadFrame {
  readonly script: string
  /** What each part of it printed, in order, as far as that can be told. */
  readonly parse: (output: Buffer) => readonly Buffer[]
}

export const aloneFrame = (script: string): ReadFrame => ({ script, parse: (output) => [output] })

/** Several scripts as one: one after the other, each in a shell of its own. A script that a shell cannot read ends alone. */
export const joinedFrame = (scripts: readonly string[]): ReadFrame => {
  const mark = newMark()
  const each = scripts.map((script) => `( eval ${quote(script)} )\n${endPart(mark)}`)
  return { script: each.join('\n'), parse: (output) => markedParts(output, mark).map(({ bytes }) => bytes) }
}
