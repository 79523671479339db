import { expect, it } from 'vitest'
import { variableIn, withoutVariable, withVariable } from './variables.js'

it.each([
  ['in nothing', '', 'me', 'M=me\n'],
  ['on top', '0 1 * * * x', 'me', 'M=me\n0 1 * * * x'],
  ['as it is, however written', '#c\n  M = "me"\r\nx', 'me', '#c\n  M = "me"\r\nx'],
  ['another value in its place', 'a=1\nM=you\nb=2', 'me', 'a=1\nM=me\nb=2'],
  ['the first of two', 'M=1\nM=2\n', 'me', 'M=me\nM=2\n'],
  ['nothing', 'M=1\n', '', 'M=""\n'],
  ['blanks', '', ' a ', 'M=" a "\n'],
  ['a quote at its beginning', '', '"a', `M='"a'\n`],
  ['a name between quotes', `'M'=me\n`, 'me', `'M'=me\n`],
  ['no variable but a command', '0 1 * * * M=you x\n', 'me', 'M=me\n0 1 * * * M=you x\n'],
])('sets %s', (_title, before, value, after) => {
  expect(withVariable(before, 'M', value)).toBe(after)
  expect(variableIn(after, 'M')).toBe(value)
  expect(withVariable(after, 'M', value)).toBe(after)
})

it('removes every line of it, and nothing else', () => {
  expect(withoutVariable('a\r\nM=1\nMM=2\n#M=3\nM = 4\nb', 'M')).toBe('a\r\nMM=2\n#M=3\nb')
})
