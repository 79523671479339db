import type { Late, LateRead, Operator } from '@prove/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LateSyntaxError } from './late-error.js'
import { parseLate } from './parse-late.js'

const fileRead: LateRead = {
  about: 'What is at a path.',
  usage: 'file(path)',
  read: (path) => ({ kind: 'file', key: `file:${String(path)}`, query: path }),
  value: (answer) => answer,
  members: ['exists', 'size'],
}
const any: LateRead = { ...fileRead, usage: 'any(…)' }
const { members: _, ...open } = any
const calls = new Map<string, LateRead>([
  ['file', fileRead],
  ['any', open],
])

const parse = (text: string): Late => parseLate(text, calls)

const of = (value: unknown): Late => ({ kind: 'value', value })
const name = (text: string): Late => ({ kind: 'name', name: text })
const text = (...pieces: Late[]): Late => ({ kind: 'text', pieces })
const member = (tree: Late, key: unknown): Late => ({ kind: 'member', of: tree, key: of(key) })
const read = (kind: string, ...args: Late[]): Late => ({ kind: 'read', read: kind, args })
const not = (value: Late): Late => ({ kind: 'not', value })
const binary = (left: Late, operator: Operator, right: Late): Late => ({ kind: 'binary', operator, left, right })
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(name) as [Late, Late, Late, Late]

describe('reads', () => {
  it.each<[string, Late]>([
    ["'a'", of('a')],
    [String.raw`"a\n\t\\\'\"'"`, of("a\n\t\\'\"'")],
    ["'two\nlines'", of('two\nlines')],
    ['1', of(1)],
    ['-1.5e2', of(-150)],
    ['true', of(true)],
    ['false', of(false)],
    ['null', of(null)],
    ['none', of(null)],
    ['a', a],
    ['\n  a\n', a],
    ['a.b', member(a, 'b')],
    ['a.in.if', member(member(a, 'in'), 'if')],
    ["a['b c']", member(a, 'b c')],
    ['a[0][b]', { kind: 'member', of: member(a, 0), key: b }],
    ["file('/x')", read('file', of('/x'))],
    ["file('/x').exists", member(read('file', of('/x')), 'exists')],
    ["file('/x')['size']", member(read('file', of('/x')), 'size')],
    ['any()', read('any')],
    ['any(a, [b],).x', member(read('any', a, { kind: 'list', items: [b] }), 'x')],
    ['any', name('any')],
    ['outputs.web', { kind: 'outputs', state: 'web' }],
    ["outputs['web/nginx:reload'].stdout", member({ kind: 'outputs', state: 'web/nginx:reload' }, 'stdout')],
    ['[]', { kind: 'list', items: [] }],
    ['[a, 1,]', { kind: 'list', items: [a, of(1)] }],
    ["{a: 1, 'b c': b, 3: c,}", { kind: 'map', entries: { a: of(1), 'b c': b, 3: c } }],
    ['{}', { kind: 'map', entries: {} }],
    ['{if: a}', { kind: 'map', entries: { if: a } }],
    ['(a)', a],
    ['not a', not(a)],
    ['not not a', not(not(a))],
    ['-a', binary(of(0), '-', a)],
    ['a or b and c', binary(a, 'or', binary(b, 'and', c))],
    ['a and b and c', binary(binary(a, 'and', b), 'and', c)],
    ['(a or b) and c', binary(binary(a, 'or', b), 'and', c)],
    ['not a == b', not(binary(a, '==', b))],
    ['not a and b', binary(not(a), 'and', b)],
    ['a in b', binary(a, 'in', b)],
    ['a not in b', not(binary(a, 'in', b))],
    ['a + b * c - d', binary(binary(a, '+', binary(b, '*', c)), '-', d)],
    ['a-1', binary(a, '-', of(1))],
    ['a % 2 == 0', binary(binary(a, '%', of(2)), '==', of(0))],
    ['a / -b', binary(a, '/', binary(of(0), '-', b))],
    ['a ~ b + c ~ d', text(a, binary(b, '+', c), d)],
    ['a ~ b == c', binary(text(a, b), '==', c)],
    ['a if b else c', { kind: 'if', test: b, value: a, otherwise: c }],
    [
      'a if b else c if d else 1',
      { kind: 'if', test: b, value: a, otherwise: { kind: 'if', test: d, value: c, otherwise: of(1) } },
    ],
    ['a if b or c else d', { kind: 'if', test: binary(b, 'or', c), value: a, otherwise: d }],
    ...(['==', '!=', '<', '<=', '>', '>='] as const).map((sign): [string, Late] => [`a ${sign} b`, binary(a, sign, b)]),
  ])('%j', (written, tree) => {
    expect(parse(written)).toStrictEqual(tree)
  })

  it.each<[string, Late]>([
    ['``', of('')],
    ['`a b`', of('a b')],
    ['`a ${b} c`', text(of('a '), b, of(' c'))],
    ['`${a}`', text(a)],
    ['`${a}${b}` ~ c', text(text(a, b), c)],
    ['`a\n  b $ {c} "d" \'e\'`', of('a\n  b $ {c} "d" \'e\'')],
    [String.raw`'\\'`, of('\\')],
    ['`\\` \\${a} \\\\ \\n`', of('` ${a} \\ \n')],
    [
      "`listen 80; ${'ssl' if a else ''}`",
      text(of('listen 80; '), { kind: 'if', test: a, value: of('ssl'), otherwise: of('') }),
    ],
    ['`${`${a}`}`', text(text(a))],
    ['`${{a: 1}.a}`', text(member({ kind: 'map', entries: { a: of(1) } }, 'a'))],
    ['[`a`, `b`]', { kind: 'list', items: [of('a'), of('b')] }],
  ])('the text %j', (written, tree) => {
    expect(parse(written)).toStrictEqual(tree)
  })
})

const failure = (written: string): LateSyntaxError => {
  try {
    parse(written)
  } catch (error) {
    if (error instanceof LateSyntaxError) return error
    throw error
  }
  throw new Error(`not refused as it should be: ${written}`)
}

describe('refuses', () => {
  // The § is where the error points to.
  it.each<[string, string, RegExp]>([
    ['§', 'the expression is empty', /^write a text in quotes/],
    ['  §', 'the expression is empty', /./],
    ["§'a", 'this quote is never closed', /closing '/],
    ['a + §`b', 'this backtick is never closed', /./],
    ['§`${a}', 'this backtick is never closed', /./],
    ['`${a §b}`', 'found "b", expected "}" behind the piece of a text', /^$/],
    ["'§\\q'", 'unknown escape "\\q"', /\\\\ for a backslash/],
    ['§0644', 'a number does not begin with 0', /mode in quotes/],
    ['1§x', 'found "x" right behind a number', /quotes/],
    ['§1e999', 'the number is too large', /^$/],
    ['a §&& b', 'found "&&", which is nothing here', /"and"/],
    ['§!a', 'found "!", which is nothing here', /"not"/],
    ['a §= b', 'found "=", which is nothing here', /"=="/],
    ['a §=== b', 'found "===", which is nothing here', /"=="/],
    ['a §| default(1)', 'found "|", which is nothing here', /no filters/],
    ['a §? b : c', 'found "?", which is nothing here', /A if TEST else B/],
    ['§{{ a }}', 'found "{{", which is nothing here', /no braces/],
    ['a §$ b', 'found "$", expected a value or an operator', /./],
    ['a §😀', 'found "😀", expected a value or an operator', /./],
    ['a §b', 'found "b", expected an operator or the end', /^$/],
    ['a §AND b', 'found "AND", expected an operator or the end', /"and" in small letters/],
    ["a §'secret'", 'found a text, expected an operator or the end', /"~"/],
    ['a §is none', 'found "is", expected an operator or the end', /"=="/],
    ['a§)', 'found ")", expected an operator or the end', /remove/],
    ['a + §', 'found the end, expected a value', /./],
    ['a + §and', 'found "and", expected a value', /./],
    ['a == b §== c', 'comparisons cannot be chained', /"and"/],
    ['a not §b', 'found "b", expected "in" after "not"', /^$/],
    ['a if b§', 'found the end, expected "else"', /A if TEST else B/],
    ['a.§0', 'found "0", expected a name after "."', /\[0\]/],
    ['§(a', 'this "(" is never closed', /"\)"/],
    ['any§(a', 'this "(" is never closed', /"\)"/],
    ['[a §b]', 'found "b", expected an operator or "]"', /^$/],
    ['a§[1', 'this "[" is never closed', /"\]"/],
    ['{a §1}', 'found "1", expected ":" after a key', /key: value/],
    ['{a: 1, §a: 2}', 'the key "a" is written twice', /./],
    ['{§__proto__: 1}', 'the key "__proto__" is not allowed', /./],
    ['{§[1]: 2}', 'found "[", expected a key', /./],
    ['§fil("/x")', 'there is no read "fil"', /^did you mean "file"\?$/],
    ['§range(3)', 'there is no read "range"', /late values can read file\(path\), any/],
    ['a.b§(1)', 'only reads can be called, by their names', /./],
    ['file("/x").§exist', '"file" has no member "exist"', /^did you mean "exists"\?$/],
    ['file("/x")§["owner"]', '"file" has no member "owner"', /its members are exists, size/],
    ['outputs§', 'found the end, expected the name of a state after "outputs"', /outputs\.STATE/],
    ['outputs §== a', 'found "==", expected the name of a state after "outputs"', /./],
    ['outputs[a§]', 'found "]", expected the name of a state after "outputs"', /./],
  ])('%j: %s', (marked, message, hint) => {
    const error = failure(marked.replace('§', ''))
    expect(error.message).toBe(message)
    expect(error.offset).toBe(marked.indexOf('§'))
    expect(error.hint ?? '').toMatch(hint)
  })

  it.each<[string, string]>([
    ['parentheses', `${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['open parentheses', '('.repeat(100_000)],
    ['lists', '['.repeat(100_000)],
    ['not', 'not '.repeat(100_000)],
    ['minus', '-'.repeat(100_000)],
    ['members', `a${'.b'.repeat(100_000)}`],
    ['sums', `a${'+ a'.repeat(100_000)}`],
    ['chains of if', `${'a if b else '.repeat(10_000)}a`],
    ['texts', '`${'.repeat(10_000)],
    ['chains inside of chains', `${'('.repeat(60)}a${`${'+a'.repeat(3)})`.repeat(60)}`],
  ])('what nests too deep: %s', (_title, written) => {
    expect(failure(written).message).toBe('the expression nests too deep')
  })
})

it('takes long lists and texts', () => {
  expect(parse(`[${'a,'.repeat(10_000)}]`)).toMatchObject({ kind: 'list' })
  expect(parse(`\`${'x${a}'.repeat(10_000)}\``)).toMatchObject({ kind: 'text' })
  expect(parse(`a${'~ a'.repeat(10_000)}`)).toMatchObject({ kind: 'text' })
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'file',
      'outputs',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '.',
      '`',
      '${',
      "'",
      '"',
      '\\',
      ' ',
      '\n',
      '-',
      '~',
    ],
    ...[
      '+',
      '==',
      '=',
      'not ',
      ' in ',
      ' and ',
      ' if ',
      ' else ',
      '1',
      '0',
      'e',
      '$',
      '__proto__',
      '\u2028',
      '😀',
      '\0',
    ],
  )
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    fc.string({ unit: 'binary' }),
  )

  it('gives a tree or an error with an offset inside of it', () => {
    fc.assert(
      fc.property(texts, (written) => {
        try {
          expect(parse(written)).toHaveProperty('kind')
        } catch (error) {
          if (!(error instanceof LateSyntaxError)) throw error
          expect(error.offset).toBeGreaterThanOrEqual(0)
          expect(error.offset).toBeLessThanOrEqual(written.length)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
