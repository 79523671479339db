import { expect, it } from 'vitest'
import { withoutWords, withWords } from './listed-lines.js'

it.each([
  ['', 'a b\n'],
  ['x', 'x\na b\n'],
  ['x\r\n  a \t b\r\ny', 'x\r\n  a \t b\r\ny'],
  ['#a b\n', '#a b\na b\n'],
])('puts words in %j once', (before, after) => {
  expect(withWords(before, 'a b')).toBe(after)
  expect(withWords(after, 'a b')).toBe(after)
})

it('takes them out, and nothing else', () => {
  expect(withoutWords('x\r\na  b\na b c\n#a b\n a b', 'a b')).toBe('x\r\na b c\n#a b\n')
})
