import { describe, expect, it } from 'vitest'
import type { Late, LateRead, Operator } from '../contracts/late.js'
import type { Answered } from '../contracts/read.js'
import { evaluate, type LateScope, outputsRead } from './evaluate.js'

const of = (value: unknown): Late => ({ kind: 'value', value })
const file = (path: unknown): Late => ({ kind: 'read', read: 'file', args: [of(path)] })
const member = (tree: Late, key: unknown): Late => ({ kind: 'member', of: tree, key: of(key) })
const binary = (operator: Operator, left: Late, right: Late): Late => ({ kind: 'binary', operator, left, right })
const given: Late = { kind: 'name', name: 'with' }

const fileRead: LateRead = {
  about: 'What is at a path.',
  usage: 'file(path)',
  read: (path) => {
    if (typeof path !== 'string') throw new Error('expected a path')
    return { kind: 'file', key: `file:${path}`, query: path }
  },
  value: (answer) => answer,
}

/** Answers by key; every other read stays open, and is noted. */
const scopeWith = (answers: Record<string, Answered> = {}, variables = {}): LateScope & { asked: string[] } => {
  const asked: string[] = []
  return {
    with: variables,
    ask: ({ key }) => {
      if (answers[key] === undefined) asked.push(key)
      return answers[key]
    },
    lateRead: (kind) => (kind === 'file' ? fileRead : undefined),
    asked,
  }
}

const answers: Record<string, Answered> = {
  'file:/a': { ok: true, value: { exists: true, size: 3 } },
  'file:/bad': { ok: false, problem: 'failed', detail: 'permission denied' },
  'file:/slow': { ok: false, problem: 'timeout', detail: 'no answer within 10 s' },
  'outputs:web:x': { ok: true, value: { changed: true, stdout: 'hi' } },
}

describe('values', () => {
  const text = (...pieces: unknown[]): Late => ({ kind: 'text', pieces: pieces.map(of) })
  it.each<[string, Late, unknown]>([
    ['a constant', of(1), 1],
    ['undefined is null', of(undefined), null],
    ['a member of a read', member(file('/a'), 'exists'), true],
    ['a member that is missing', member(file('/a'), 'mode'), null],
    ['a member of null', member(of(null), 'x'), null],
    ['a member of a text', member(of('abc'), 'length'), null],
    ['an inherited member of a map', member(of({}), 'constructor'), null],
    ['an inherited member of a list', member(of([]), 'length'), null],
    ['an item', member(of([1, 2]), 1), 2],
    ['an item before the first', member(of([1, 2]), -1), null],
    ['an item by a number in text', member(of([1, 2]), '1'), null],
    ['a key that looks like a number', member(of({ 1: 'a' }), 1), 'a'],
    ['with', member(given, 'cert'), '/c'],
    ['with that is not given', member(given, 'nope'), null],
    ['outputs', member({ kind: 'outputs', state: 'web:x' }, 'stdout'), 'hi'],
    ['outputs that are not told', member({ kind: 'outputs', state: 'web:x' }, 'nope'), null],
    ['a list', { kind: 'list', items: [of(1), member(file('/a'), 'size')] }, [1, 3]],
    ['a map', { kind: 'map', entries: { a: of(1), __proto__x: of(2) } }, { a: 1, __proto__x: 2 }],
    ['a text', text('a', null, 1, true), 'a1true'],
    ['not', { kind: 'not', value: of('') }, true],
    ['if', { kind: 'if', test: of([]), value: of(1), otherwise: of(2) }, 2],
    ['an if that leaves the other branch alone', { kind: 'if', test: of(1), value: of(1), otherwise: file(1) }, 1],
  ])('%s', (_title, tree, value) => {
    expect(evaluate(tree, scopeWith(answers, { cert: '/c' }))).toStrictEqual({ value })
  })

  it.each<[unknown, Operator, unknown, unknown]>([
    [1, 'and', 2, 2],
    [0, 'and', 2, 0],
    ['', 'or', 'x', 'x'],
    ['a', 'or', 'x', 'a'],
    [{}, 'or', 1, 1],
    [[0], 'or', 1, [0]],
    [{ a: 1, b: [2] }, '==', { b: [2], a: 1 }, true],
    [1, '==', '1', false],
    [null, '!=', undefined, false],
    [1, '<', 2, true],
    ['b', '<=', 'a', false],
    [2, '>=', 2, true],
    ['b', '>', 'a', true],
    [1, '+', 2, 3],
    ['a', '+', 'b', 'ab'],
    [[1], '+', [2], [1, 2]],
    [1, '-', 2, -1],
    [2, '*', 3, 6],
    [7, '/', 2, 3.5],
    [7, '%', 4, 3],
    [{ a: 1 }, 'in', [{ a: 1 }], true],
    ['b', 'in', 'abc', true],
    ['toString', 'in', {}, false],
    ['a', 'in', { a: null }, true],
  ])('%j %s %j is %j', (left, operator, right, value) => {
    expect(evaluate(binary(operator, of(left), of(right)), scopeWith())).toStrictEqual({ value })
  })
})

describe('problems', () => {
  it.each<[string, Late]>([
    ['"+" takes two numbers, texts or lists, found a number and a text', binary('+', of(1), of('secret'))],
    ['"-" takes two numbers, found a text and null', binary('-', of('secret'), of(null))],
    ['"/" divides by zero', binary('/', of(1), of(0))],
    ['"%" divides by zero', binary('%', of(1), of(0))],
    ['the result of "*" is too large', binary('*', of(1e308), of(10))],
    ['cannot compare a list with a boolean by "<"', binary('<', of([]), of(true))],
    ['"in" cannot look for a number in a text', binary('in', of(1), of('secret'))],
    ['"in" cannot look for a text in null', binary('in', of('secret'), of(null))],
    ['a map cannot be put into a text', { kind: 'text', pieces: [of({ a: 'secret' })] }],
    ['a list cannot be the name of a member', member(of({}), ['secret'])],
    ['the name "x" is not known here', { kind: 'name', name: 'x' }],
    ['late values cannot read "nope"', { kind: 'read', read: 'nope', args: [] }],
    ['file(path): expected a path', file(1)],
    ['file(path): permission denied', member(file('/bad'), 'exists')],
    ['file(path): timeout: no answer within 10 s', file('/slow')],
  ])('%s', (problem, tree) => {
    expect(evaluate(tree, scopeWith(answers))).toEqual({ problem })
  })
})

describe('open answers', () => {
  const one = member(file('/1'), 'exists')
  const two = member(file('/2'), 'exists')
  it.each<[string, Late, readonly string[]]>([
    ['a list asks for all', { kind: 'list', items: [one, two] }, ['file:/1', 'file:/2']],
    ['a map asks for all', { kind: 'map', entries: { a: one, b: two } }, ['file:/1', 'file:/2']],
    ['a text asks for all', { kind: 'text', pieces: [one, two] }, ['file:/1', 'file:/2']],
    ['a comparison asks for both', binary('==', one, two), ['file:/1', 'file:/2']],
    ['and asks for the left side first', binary('and', one, two), ['file:/1']],
    ['or asks for the left side first', binary('or', one, two), ['file:/1']],
    ['if asks for the test first', { kind: 'if', test: one, value: two, otherwise: two }, ['file:/1']],
    ['open comes before a problem', { kind: 'list', items: [file(1), one] }, ['file:/1']],
    ['outputs', { kind: 'outputs', state: 'web:y' }, ['outputs:web:y']],
    ['an argument that is open', { kind: 'read', read: 'file', args: [one] }, ['file:/1']],
  ])('%s', (_title, tree, keys) => {
    const scope = scopeWith()
    expect(evaluate(tree, scope)).toEqual({ open: true })
    expect(scope.asked).toEqual(keys)
  })
})

it('asks for outputs by the full id of the state', () => {
  expect(outputsRead('web:x')).toEqual({ kind: 'outputs', key: 'outputs:web:x', query: 'web:x' })
})
