import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optionsOf, testShells } from '../../../test-fixtures/shells.js'
import { quote, quoteAll } from './quote.js'

/** Text as a shell may meet it: any characters, and the ones that mean something to it. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'\'"\\$`!*?[]{}()<>|&;#~=%^ \t\n\r-a'.split('')), maxLength: 20 }),
  )
  .map((value) => value.replaceAll('\0', ''))

describe.each(testShells())('quoted in $name', (shell) => {
  it('any text without NUL arrives as one word, unchanged', (ctx) => {
    const { shell: program, env } = optionsOf(ctx, shell)
    const property = fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (words) => {
      // Each word is followed by a NUL, the one byte that no word can hold.
      const printed = execFileSync(program, ['-c', `printf '%s\\0' ${quoteAll(words)}`], { env, encoding: 'utf8' })
      expect(printed.split('\0').slice(0, -1)).toEqual(words)
    })
    fc.assert(property, { numRuns: 100 })
  })

  it('any text survives being a word within a word', (ctx) => {
    const { shell: program, env } = optionsOf(ctx, shell)
    const property = fc.property(text, (word) => {
      const inner = quoteAll(['printf', '%s', word])
      const printed = execFileSync(program, ['-c', `sh -c ${quote(inner)}`], { env, encoding: 'utf8' })
      expect(printed).toBe(word)
    })
    fc.assert(property, { numRuns: 50 })
  })
})

describe('quote', () => {
  it('refuses a NUL byte', () => {
    expect(() => quote('a\0b')).toThrow(RangeError)
  })

  it('leaves plain words readable', () => {
    expect(quoteAll(['cat', '/etc/os-release', 'a=1', '50%', 'me@host:~', ''])).toBe(
      "cat /etc/os-release a=1 50% 'me@host:~' ''",
    )
  })
})
