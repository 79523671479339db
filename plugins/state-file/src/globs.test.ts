import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { findProgram } from '../../../test-fixtures/find-program.js'
import { expressionOf, patterns, selection } from './globs.js'

/** Pattern, paths that it matches, paths that it does not. */
const matches: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['*.bak', ['a.bak', 'x/y/a.bak', '.bak', 'a.bak/inside'], ['a.bak2', 'abak']],
  ['cache', ['cache', 'cache/a', 'x/cache', 'x/cache/y/z'], ['cached', 'x-cache']],
  ['/cache', ['cache', 'cache/a'], ['x/cache']],
  ['cache/', ['cache', 'x/cache'], ['cached']],
  ['assets/*.js', ['assets/a.js', 'assets/.a.js', 'assets/a.js/b'], ['assets/x/a.js', 'x/assets/a.js', 'assets/a.jsx']],
  ['assets/**/*.js', ['assets/a.js', 'assets/x/a.js', 'assets/x/y/.z.js'], ['a.js', 'other/a.js']],
  ['**/tmp', ['tmp', 'a/tmp', 'a/b/tmp/c'], ['tmps']],
  ['docs/**', ['docs/a', 'docs/a/b'], ['doc', 'x/docs/a']],
  ['?.txt', ['a.txt', 'x/b.txt'], ['ab.txt', '.txt']],
  ['[a-c]?', ['ab', 'c.', 'x/a1'], ['d1', 'a']],
  ['[!a]x', ['bx'], ['ax', 'x']],
  ['{a,b}.conf', ['a.conf', 'x/b.conf'], ['c.conf', '{a,b}.conf']],
  ['a+b (1).txt', ['a+b (1).txt', 'x/a+b (1).txt'], ['aab 1.txt']],
  ['$x^.|', ['$x^.|'], ['x']],
  ['a{b*,[cd]}e', ['abe', 'ab.e', 'ace', 'x/ade/f'], ['ae', 'aee']],
  ['**', ['a', 'a/b'], []],
  ['a**b', ['ab', 'axb'], ['a/b']],
  ['é*', ['é', 'x/éa'], ['e']],
]

const isMatch =
  (...globs: string[]) =>
  (path: string): boolean =>
    selection(globs, []).isIncluded(path)

describe.each(matches)('"%s"', (pattern, yes, no) => {
  it('is a pattern', () => expect(patterns('').safeParse(pattern).success).toBe(true))
  it.each(yes)('matches "%s"', (path) => expect(isMatch(pattern)(path)).toBe(true))
  it.each(no)('does not match "%s"', (path) => expect(isMatch(pattern)(path)).toBe(false))
  it.each(['grep', 'busybox'])('is the same to %s', (program) => {
    const words = [...(program === 'busybox' ? ['grep'] : []), '-E', '-e', expressionOf(pattern)]
    const { stdout } = spawnSync(findProgram(program) ?? program, words, {
      input: [...yes, ...no].map((path) => `${path}\n`).join(''),
      env: { LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    })
    expect(stdout.split('\n').slice(0, -1)).toEqual(yes)
  })
})

it('takes a character of any language for one', () => expect(isMatch('?.txt')('x/é.txt')).toBe(true))

it('several patterns match what one of them does', () => {
  expect(['a', 'x.b', 'x/a', 'c'].map(isMatch('/a', '*.b'))).toEqual([true, true, false, false])
})

it.each([
  '',
  '!x',
  'a/../b',
  '..',
  'a\\b',
  'a\nb',
  '[a',
  'a]',
  '{a',
  'a}',
  '{a,{b,c}}',
  '[]',
  '[^a]',
  '{,a}',
  '{}',
  '{a/b,c}',
])('refuses "%s"', (pattern) => expect(patterns('').safeParse(pattern).success).toBe(false))
