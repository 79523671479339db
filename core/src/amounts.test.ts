import { expect, it } from 'vitest'
import { bytesText, durationText } from './amounts.js'

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [99_949, '99.9 s'],
  [99_950, '2 min'],
  [3_600_000, '60 min'],
  [5_400_000, '1.5 h'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [1_000_000, '1.0 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})
