import { expect, it } from 'vitest'
import { resolveRef } from './resolve-ref.js'

const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]
const remote = {
  HEAD: a,
  symref: 'main',
  'refs/heads/main': a,
  'refs/heads/both': b,
  'refs/tags/both': c,
  'refs/tags/v1': b,
  'refs/tags/v1^{}': c,
}

it.each([
  [undefined, { kind: 'branch', name: 'main', commit: a }],
  ['main', { kind: 'branch', name: 'main', commit: a }],
  ['both', { kind: 'branch', name: 'both', commit: b }],
  ['v1', { kind: 'tag', name: 'v1', commit: c }],
  [c.toUpperCase(), { kind: 'commit', commit: c }],
])('%s is %j', (ref, expected) => {
  expect(resolveRef(ref, remote)).toEqual(expected)
})

it('takes the commit of a HEAD that leads to no branch', () => {
  expect(resolveRef(undefined, { HEAD: b })).toEqual({ kind: 'commit', commit: b })
})

it.each([
  ['other', remote, 'no branch or tag "other"'],
  ['abcdef1', remote, '40 digits'],
  [undefined, {}, 'is empty'],
])('of %s says why not', (ref, told, words) => {
  expect(resolveRef(ref, told)).toEqual({ blocked: expect.stringContaining(words) as unknown })
})
