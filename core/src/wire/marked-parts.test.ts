import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endPart, markedParts, newMark } from './marked-parts.js'

const shown = (text: string): readonly string[] =>
  markedParts(Buffer.from(text), 'mark').map(({ bytes, word }) => `${bytes.toString('utf8')}|${word}`)

it.each([
  ['nothing', '', []],
  ['one', 'hi\nmark .\n', ['hi|.']],
  ['none of its bytes', '\nmark text\n', ['|text']],
  ['several', 'hi\nmark a\n\nmark b\n\n\n\n\nmark c\n', ['hi|a', '|b', '\n\n\n|c']],
  ['a mark that is none', 'a mark .\nb\nmark .\n', ['a mark .\nb|.']],
  ['no end', 'hi', []],
  ['half an end', 'hi\nmark .\nho\nmark', ['hi|.']],
  ['an end without its line', 'hi\nmark .\nho\nmark .', ['hi|.']],
])('tells parts from each other: %s', (_title, text, expected) => {
  expect(shown(text)).toEqual(expected)
})

it('gives back whatever bytes a shell has printed', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 4 }), (given) => {
      const mark = newMark()
      const print = (bytes: Uint8Array): string =>
        `printf '${[...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}'`
      const script = given.flatMap((bytes, i) => [print(bytes), endPart(mark, `${i}`)]).join('\n')
      const parts = markedParts(execFileSync('sh', ['-c', script]), mark)
      expect(parts).toEqual(given.map((bytes, i) => ({ bytes: Buffer.from(bytes), word: `${i}` })))
    }),
    { numRuns: 50 },
  )
})
