import { expect, it } from 'vitest'
import { countedParts } from './counted-parts.js'

const parts = (text: string, count: number): readonly string[] =>
  countedParts(Buffer.from(text), count).map((part) => part.toString('utf8'))

it.each([
  ['one', '2 /run/a\nhi', 1, ['hi']],
  ['none of its bytes', '0 /run/a\n', 1, ['']],
  ['several, and their sum', '2 a\n0 b\n3 c\n5 total\nhi\n\n\n', 3, ['hi', '', '\n\n\n']],
  ['numbers below each other', '  2 a\n 10 b\n 12 total\n0123456789ab', 2, ['01', '23456789ab']],
])('tells parts from each other: %s', (_title, text, count, expected) => {
  expect(parts(text, count)).toEqual(expected)
})

it.each([
  ['nothing', '', 1],
  ['half a line', '2 /ru', 1],
  ['no sum', '2 a\n0 b\nhi', 2],
  ['too little', '2 a\n0 b\n2 total\nh', 2],
  ['too much', '2 a\nhi!', 1],
  ['words', 'wc: a: No such file or directory\n', 1],
])('tells of none where there is %s', (_title, text, count) => {
  expect(parts(text, count)).toEqual([])
})
