import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pythonLiteral } from './python-literal.js'

// As ast.literal_eval answers, with tuples and sets as lists.
test.each<[string, unknown]>([
  ['0', 0],
  ['00', 0],
  ['-1', -1],
  ['+ 1', 1],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['01.5', 1.5],
  ['0b11', 3],
  ['0O17', 15],
  [' 1 # one', 1],
  ['(1)', 1],
  ['(1,)', [1]],
  ['1,', [1]],
  ['[]', []],
  ['[1, [2, (3, 4)],]', [1, [2, [3, 4]]]],
  ['{}', {}],
  ["{'a': 1, 2: None, True: [1]}", { a: 1, 2: null, true: [1] }],
  ['{1, 2, 1}', [1, 2]],
  ['\'a\' "b"', 'ab'],
  ["'''a'b'''", "a'b"],
  ["r'a\\n'", 'a\\n'],
  ["b'a'", 'a'],
  ["'\\x41\\u00e9\\U0001F600\\101\\n\\q\\''", "Aé😀A\n\\q'"],
  ['...', '...'],
])('%j', (text, value) => {
  expect(pythonLiteral(text)).toEqual({ value })
})

test.each([
  ...['', 'a', 'true', '01', '1_', '1__0', '1abc', '1j', '1+2', '--1', '-True', '10.0.0.1', '12:30', '.', '1 2', ','],
  ...[
    '[1',
    '(1',
    '{1: }',
    '{1: 2, 3}',
    '{[1]}',
    '{[1]: 2}',
    "'a",
    "'a'b",
    "'\\N{DASH}'",
    "'\\xZZ'",
    "'\\U99999999'",
    "f'a'",
  ],
  ...[
    '1e999',
    '99999999999999999999',
    '0xFFFFFFFFFFFFFFFF',
    '['.repeat(1000),
    `${'['.repeat(60)}${']'.repeat(60)}`,
    '# a',
  ],
])('%j is no literal', (text) => {
  expect(pythonLiteral(text)).toBeUndefined()
})

test('JSON without words is read as itself', () => {
  const letters = fc.string({ unit: 'grapheme-ascii' }).filter((text) => text !== '__proto__')
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      letters,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(letters, tie('value'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(value, (data) => {
      expect(pythonLiteral(JSON.stringify(data))).toEqual({ value: JSON.parse(JSON.stringify(data)) })
    }),
  )
})
