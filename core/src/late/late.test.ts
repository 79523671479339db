import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { defineStates } from '../define-states.js'
import { late, type LateExpression } from './late.js'

declare module '../define-states.js' {
  interface StateFunctionArguments {
    'late.thing': { readonly path: string; readonly settings?: { readonly port: number } }
  }
}

const of = (value: unknown): unknown => ({ kind: 'value', value })
const name = (text: string): unknown => ({ kind: 'name', name: text })
const member = (tree: unknown, key: unknown): unknown => ({ kind: 'member', of: tree, key: of(key) })
const read = (kind: string, ...args: unknown[]): unknown => ({ kind: 'read', read: kind, args: args.map(of) })
const exists = member(read('file', '/x'), 'exists')

const fileExists = late.file('/x').exists

describe('late', () => {
  it.each<[string, unknown, unknown]>([
    ['file', fileExists, exists],
    ['content', late.content('/x'), read('content', '/x')],
    ['command', late.command(['a', 'b']), read('command', ['a', 'b'])],
    ['any kind', late.read('unit', 'nginx'), read('unit', 'nginx')],
    ['an item', late.variables['a']?.[0], member(member(name('variables'), 'a'), 0)],
    [
      'an argument that is late',
      late.file(late.with['a']),
      { ...(read('file') as object), args: [member(name('with'), 'a')] },
    ],
    ['outputs', late.outputs('web')['stdout'], member({ kind: 'outputs', state: 'web' }, 'stdout')],
    ['facts', late.facts['os'], member(name('facts'), 'os')],
    ['when', late.when(fileExists, 1, 2), { kind: 'if', test: exists, value: of(1), otherwise: of(2) }],
    ['when without otherwise', late.when(1, 2), { kind: 'if', test: of(1), value: of(2), otherwise: of(null) }],
    ['not', late.not(fileExists), { kind: 'not', value: exists }],
    ['equal', late.equal(1, 2), { kind: 'binary', operator: '==', left: of(1), right: of(2) }],
    ['differ', late.differ(1, 2), { kind: 'binary', operator: '!=', left: of(1), right: of(2) }],
    ['less', late.less(1, 2), { kind: 'binary', operator: '<', left: of(1), right: of(2) }],
    ['in', late.in(1, [2]), { kind: 'binary', operator: 'in', left: of(1), right: of([2]) }],
    ['binary', late.binary('+', 1, 2), { kind: 'binary', operator: '+', left: of(1), right: of(2) }],
    [
      'and of three',
      late.and(1, 2, 3),
      {
        kind: 'binary',
        operator: 'and',
        left: { kind: 'binary', operator: 'and', left: of(1), right: of(2) },
        right: of(3),
      },
    ],
    ['or', late.or(fileExists, [1]), { kind: 'binary', operator: 'or', left: exists, right: of([1]) }],
    ['a text', late.text`a ${fileExists}${1} b`, { kind: 'text', pieces: [of('a '), exists, of(1), of(' b')] }],
    [
      'a list of expressions',
      late.not([1, fileExists]),
      { kind: 'not', value: { kind: 'list', items: [of(1), exists] } },
    ],
    ['a map of them', late.not({ a: fileExists }), { kind: 'not', value: { kind: 'map', entries: { a: exists } } }],
  ])('builds %s', (_title, built, tree) => {
    expect(JSON.parse(JSON.stringify(built))).toEqual({ $late: tree })
    expect(Object.fromEntries(Object.entries(built as object))).toEqual({ $late: tree })
  })

  it('can be awaited, looked at and printed', async () => {
    expect(await Promise.resolve(fileExists)).toBe(fileExists)
    expect(Object.getPrototypeOf(fileExists)).toBe(Object.prototype)
    expect(inspect(fileExists)).toContain('$late')
    expect([Array.isArray(fileExists), Symbol.iterator in fileExists]).toEqual([false, false])
    expect(fileExists.constructor).toBe(Object)
  })

  it.each<[string, () => unknown]>([
    ['a template', () => `text ${fileExists as unknown as string}`],
    ['a sum', () => 'a' + (fileExists as unknown as string)],
    ['a number', () => Number(fileExists)],
    ['toString', () => (fileExists as unknown as URL).toString()],
  ])('refuses %s', (_title, use) => {
    expect(use).toThrow(/^a late value is not known yet: use late.text`…`/)
  })

  it('refuses an expression in text as a part of another', () => {
    expect(() => late.not({ $late: 'x' })).toThrow(/build it with late/)
  })

  it('is typed', () => {
    expectTypeOf(late.file('/x').exists).toEqualTypeOf<LateExpression>()
    defineStates({
      a: { 'late.thing': { path: late.outputs('b').changed, settings: { port: late.command('x').exit } } },
    })
    defineStates({ a: { 'late.thing': { path: { $late: 'with.x' } } } })
    defineStates({ a: { 'late.thing': late.text`/${1}`, requires: 'b' } })
    // @ts-expect-error a map is no late value
    defineStates({ a: { 'late.thing': { path: {} } } })
    // @ts-expect-error a number is no text, inside as well
    defineStates({ a: { 'late.thing': { path: '/x', settings: { port: 'x' } } } })
  })
})
