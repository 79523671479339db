import { countedParts, sendCounted } from './counted-parts.js'
import { quote } from './quote.js'

/** A script, and what to make of its output. */
interface ReadFrame {
  readonly script: string
  /** What each part of it printed, in order, as far as that can be told. */
  readonly parse: (output: Buffer) => readonly Buffer[]
}

export const aloneFrame = (script: string): ReadFrame => ({ script, parse: (output) => [output] })

/**
 * Several scripts as one: one after the other, each in a shell of its own with a file for its output; then how long those are, and
 * all that is in them. A script that a shell cannot read ends alone.
 */
export const joinedFrame = (scripts: readonly string[]): ReadFrame => {
  const outputs = scripts.map((_script, i) => `"$D/joined${i}"`)
  const each = scripts.map((script, i) => `( eval ${quote(script)} ) >${outputs[i]}`)
  return {
    script: [...each, sendCounted(outputs.join(' ')), ...outputs.map((output) => `: >${output}`)].join('\n'),
    parse: (output) => countedParts(output, scripts.length),
  }
}
