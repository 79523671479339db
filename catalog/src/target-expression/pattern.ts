import type { Pattern } from './expression.js'
import { globTest } from './glob.js'

/** A test for names and values: texts and globs match as a whole, a regex wherever it likes. */
export const patternTest = (pattern: Pattern): ((value: string) => boolean) => {
  switch (pattern.kind) {
    case 'text':
      return (value) => value === pattern.text
    case 'glob':
      return globTest(pattern.glob)
    case 'regex': {
      const regex = new RegExp(pattern.source, pattern.ignoreCase ? 'i' : '')
      return (value) => regex.test(value)
    }
  }
}
