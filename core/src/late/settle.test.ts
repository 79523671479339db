import { describe, expect, it } from 'vitest'
import { holdsLate, isLateValue } from './is-late.js'
import { late } from './late.js'
import { settle } from './settle.js'

const scope = { with: { port: 80 }, lateRead: () => undefined, ask: () => undefined }
const port = { $late: { kind: 'member', of: { kind: 'name', name: 'with' }, key: { kind: 'value', value: 'port' } } }

describe('late values', () => {
  it.each<[unknown, boolean, boolean]>([
    [{ $late: 'x' }, true, true],
    [late.facts, true, true],
    [{ $late: 'x', other: 1 }, false, false],
    [{ a: [{ $late: 'x' }] }, false, true],
    [{ a: [1] }, false, false],
    [['$late'], false, false],
    [Object.create({ $late: 'x' }), false, false],
    [null, false, false],
    ['$late', false, false],
  ])('%j is one: %s, holds one: %s', (value, is, holds) => {
    expect([isLateValue(value), holdsLate(value)]).toEqual([is, holds])
  })
})

describe('settle', () => {
  it('replaces late values anywhere in plain data', () => {
    const value = { a: [1, port, { b: port }], c: null }
    expect(settle(value, scope)).toStrictEqual({ value: { a: [1, 80, { b: 80 }], c: null } })
  })

  it('asks for all of them even when one is open', () => {
    const asked: string[] = []
    const noting = { ...scope, ask: ({ key }: { readonly key: string }) => void asked.push(key) }
    const outputs = (state: string): unknown => ({ $late: { kind: 'outputs', state } })
    expect(settle([outputs('a'), { b: outputs('b') }], noting)).toEqual({ open: true })
    expect(asked).toEqual(['outputs:a', 'outputs:b'])
  })

  it('tells what is wrong', () => {
    expect(settle([{ $late: 'x' }], scope)).toEqual({ problem: 'a late value was not compiled' })
  })
})
