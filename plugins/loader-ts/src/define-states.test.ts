import { defineStates, late, type Scope, type StatesInput } from '@prove/core'
import { describe, expect, expectTypeOf, test } from 'vitest'

declare module '@prove/core' {
  interface StateFunctionArguments {
    'demo.thing': { readonly path: string; readonly mode?: string }
  }
}

describe('defineStates', () => {
  test('gives back what it is given', () => {
    const states = { a: { 'demo.thing': '/x' } }
    const make = (): typeof states => states
    expect(defineStates(states)).toBe(states)
    expect(defineStates(make)).toBe(make)
  })

  test('takes every shape that a state has in YAML', () => {
    defineStates({
      include: [{ component: 'vhost', as: 'blog', with: { port: 80 } }, 'base'],
      list: [
        { fn: 'any.function', whatever: [1], requires: ['x'], timeout: 3 },
        { 'demo.thing': { path: '/x', creates: '/y' }, unless: ['true', ['test', '-e', '/x']] },
      ],
      one: { 'demo.thing': { path: '/x', mode: '0644' }, requires: 'list', env: { A: 1, B: true, C: 'c' } },
      main: { 'demo.thing': '/x' },
      words: { 'other.function': ['wc', '-l'] },
      fields: { requires: ['one'], after: 'main', run_as: 'root', parts: [{ 'any.function': null }] },
    })
    defineStates({ include: 'base' })
  })

  test('takes late values, and the fields that hold them', () => {
    defineStates({
      one: {
        'demo.thing': { path: late.with['path'], mode: { $late: 'with.mode' } },
        when: late.file('/x').exists,
        with: { path: '/x', mode: late.with['mode'] },
        notify: ['two', { state: 'two', with: { path: '/y' } }],
        retry: { attempts: 3, delay: 0.5 },
      },
      two: { 'demo.thing': late.text`/${'x'}`, when: 'with.path', notify: { state: 'one' }, retry: 3, defer: true },
      three: { 'any.function': {}, when: true, lazy: { $late: 'target.name == "a"' }, env: { A: late.text`a` } },
    })
    // @ts-expect-error a notification is for a state
    defineStates({ a: { 'any.function': {}, notify: { with: {} } } })
    // @ts-expect-error tries are counted
    defineStates({ a: { 'any.function': {}, retry: { delay: 1 } } })
    // @ts-expect-error a condition is no list
    defineStates({ a: { 'any.function': {}, when: ['a'] } })
  })

  test('takes functions of the scope, which may be async', () => {
    defineStates(({ variables, facts, target, with: given }) => {
      expectTypeOf(variables['x']).toBeUnknown()
      expectTypeOf(facts['x']).toBeUnknown()
      expectTypeOf(given['x']).toBeUnknown()
      expectTypeOf(target.groups).toEqualTypeOf<readonly string[]>()
      return { [target.name]: { 'any.function': { path: variables['x'] } } }
    })
    defineStates(async (scope: Scope) => Promise.resolve({ a: { 'demo.thing': { path: scope.target.host } } }))
    defineStates(() => Object.fromEntries(['a'].map((name) => [name, { 'demo.thing': { path: `/${name}` } }])))
  })

  test('keeps the type of what it is given', () => {
    expectTypeOf(defineStates({ a: { 'demo.thing': '/x' } })).toExtend<StatesInput>()
  })

  test('refuses what can be known to be wrong', () => {
    // @ts-expect-error the argument is misspelt
    defineStates({ a: { 'demo.thing': { pathh: '/x' } } })
    // @ts-expect-error the argument has another type
    defineStates({ a: { 'demo.thing': { path: 3 } } })
    // @ts-expect-error an argument is missing
    defineStates({ a: { 'demo.thing': { mode: '0644' } } })
    // @ts-expect-error the same, made by a function
    defineStates(() => ({ a: { 'demo.thing': { path: 3 } } }))
    // @ts-expect-error the same, in a list
    defineStates({ a: [{ 'demo.thing': { path: 3 } }] })
    // @ts-expect-error the same, below parts
    defineStates({ a: { parts: [{ 'demo.thing': { path: 3 } }] } })
    // @ts-expect-error a field has another type
    defineStates({ a: { 'any.function': {}, timeout: '3' } })
    // @ts-expect-error a field has another type beside fn
    defineStates({ a: [{ fn: 'any.function', requires: 3 }] })
    // @ts-expect-error a field of the whole state has another type
    defineStates({ a: { parts: [], env: 'A=1' } })
    // @ts-expect-error a state is no number
    defineStates({ a: 3 })
    // @ts-expect-error a function returns states
    defineStates(() => {})
    // @ts-expect-error states are a map
    defineStates([{ 'any.function': {} }])
    expect(true).toBe(true)
  })
})
