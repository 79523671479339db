import type { ValuePath } from '@prove/core'
import { describe, expect, test } from 'vitest'
import { LiteralPlaces } from './literal-places.js'

const placeOfMark = (marked: string, mark: string): string => {
  const before = marked.slice(0, marked.indexOf(mark)).replaceAll(/[§¶]/g, '').split('\n')
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`
}

const define = (body: string): string =>
  `import { defineStates } from '@prove/core'\nexport default defineStates(${body})\n`

/** § marks the value, ¶ the key; without ¶ the key is where the value is. */
const expectMarked = (marked: string, path: ValuePath, file = '/x/web.ts'): void => {
  const places = new LiteralPlaces(file, marked.replaceAll(/[§¶]/g, ''))
  const { line, column } = places.placeOf(path)
  expect(`${line}:${column}`).toBe(placeOfMark(marked, '§'))
  const key = places.placeOfKey(path)
  expect(`${key.line}:${key.column}`, 'key').toBe(placeOfMark(marked, marked.includes('¶') ? '¶' : '§'))
}

describe('written out', () => {
  test.each<[string, ValuePath]>([
    ['export default §{ a: 1 }', []],
    ['export default { ¶a: §1 }', ['a']],
    ['export default { ¶a: §1 } as const', ['a']],
    ['export default ({ ¶a: §1 } satisfies object) as object', ['a']],
    ['const states = { ¶a: §1 }\nexport default states', ['a']],
    ['const states = { ¶a: §1 }\nexport { states as default }', ['a']],
    ['export default function make() { return { ¶a: §1 } }', ['a']],
    ['export default async () => await { ¶a: §1 }', ['a']],
    [define('§{ a: 1 }'), []],
    [define('{ ¶a: §1 }'), ['a']],
    [define('() => ({\n  a: { ¶"file.link": §{ path: 1 } } })'), ['a', 'file.link']],
    [define('() => ({ a: { "file.link": { ¶path: §1 } } })'), ['a', 'file.link', 'path']],
    [define('async ({ variables }) => {\n  const x = 1\n  return { ¶a: §x }\n}'), ['a']],
    [define('() => { const inner = () => { return { a: 0 } }\n return { ¶a: §inner } }'), ['a']],
    [define('(s) => { if (s.x) return { ¶a: §1 }\n return { b: 2 } }'), ['a']],
    [define('(s) => s.x ? { a: 1 } : { ¶b: §2 }'), ['b']],
    [define('{ a: [1, §{ b: 2 }] }'), ['a', 1]],
    [define('{ a: [1, { ¶b: §2 }] }'), ['a', 1, 'b']],
    [define('{ [¶"a"]: §1 }'), ['a']],
    [define('{ ¶7: §1 }'), ['7']],
  ])('%j: %j', (marked, path) => expectMarked(marked, path))
})

describe('that is not there', () => {
  test.each<[string, ValuePath]>([
    [define('{ ¶a: §{ b: { c: 1 } } }'), ['a', 'c']],
    [define('{ a: { ¶b: §{ c: 1 } } }'), ['a', 'b', 'x', 'y']],
    [define('{ ¶a: §[{ b: 1 }] }'), ['a', 3, 'b']],
    [define('§{ a: { b: 1 } }'), ['b']],
    [define('{ ¶a: §"text" }'), ['a', 'b']],
    ['§const = 1', ['a']],
    ['§export const a = {}', ['a']],
  ])('%j: %j is the nearest around', expectMarked)
})

describe('made by code', () => {
  test.each<[string, string, ValuePath]>([
    ['a constant', `const part = { ¶path: §1 }\n${define('{ a: { "file.link": part } }')}`, ['a', 'file.link', 'path']],
    ['its use', `const part = { path: 1 }\n${define('{ a: { ¶"file.link": §part } }')}`, ['a', 'file.link']],
    ['a shorthand', `const part = { ¶path: §1 }\n${define('{ a: { part } }')}`, ['a', 'part', 'path']],
    ['a spread constant', `const base = { ¶mode: §1, x: 2 }\n${define('{ a: { ...base, x: 3 } }')}`, ['a', 'mode']],
    ['a key after a spread', `const base = { x: 2 }\n${define('{ a: { ...base, ¶x: §3 } }')}`, ['a', 'x']],
    ['a key before a spread', `const base = { ¶x: §2 }\n${define('{ a: { x: 3, ...base } }')}`, ['a', 'x']],
    ['a spread condition', define('(s) => ({ a: { ...(s.x && { ¶b: §1 }) } })'), ['a', 'b']],
    ['a spread choice', define('(s) => ({ a: { ...(s.x ? { b: 1 } : { ¶c: §1 }) } })'), ['a', 'c']],
    ['a spread of unknown code', define('{ §...shared, web: { path: 1 } }'), ['db', 'path']],
    ['a key in a spread call', define('{ ...make({ ¶db: §1 }), web: { db: 1 } }'), ['db']],
    ['a computed key', define('(s) => ({ ¶[`user_${s.x}`]: §{ path: 1 } })'), ['user_bob']],
    ['below a computed key', define('(s) => ({ [`user_${s.x}`]: { ¶path: §1 } })'), ['user_bob', 'path']],
    ['a list made by map', define('(s) => ({ a: s.users.map((u) => ({ ¶path: §u.home })) })'), ['a', 3, 'path']],
    ['its items', define('(s) => ({ ¶a: §s.users.map((u) => ({ path: u.home })) })'), ['a', 3]],
    [
      'a map made by code',
      define('(s) => Object.fromEntries(s.users.map((u) => [u.name, { "file.link": { ¶path: §u.home } }]))'),
      ['bob', 'file.link', 'path'],
    ],
    ['a list spread into a list', `const first = [1, 2]\n${define('{ a: [...first, { ¶b: §1 }] }')}`, ['a', 2, 'b']],
    ['a list of unknown length', define('{ ¶a: §[...more, { b: 1 }] }'), ['a', 2]],
    ['below a list of unknown length', define('{ a: [...more, { ¶b: §1 }] }'), ['a', 2, 'b']],
    ['a call', define('{ ¶a: §directory("/srv") }'), ['a', 'file.directory', 'path']],
    ['a variable that changes', `let x = { b: 1 }\nx = { b: 2 }\n${define('{ ¶a: §x }')}`, ['a', 'b']],
    ['a parameter named as a constant', `const u = { b: 1 }\n${define('(u) => ({ ¶a: §u })')}`, ['a', 'b']],
    ['constants in a circle', `const x = y\nconst y = x\n${define('{ ¶a: §x }')}`, ['a', 'b']],
    ['a spread in a circle', `const x = { b: 1, ...x }\n${define('{ ¶a: §x }')}`, ['a', 'c']],
    ['a fallback', define('(s) => ({ a: s.x ?? { ¶b: §1 } })'), ['a', 'b']],
  ])('%s', (_title, marked, path) => {
    expectMarked(marked, path)
  })

  test('in JavaScript, without types', () => {
    expectMarked('const f = (a, b, c) => a < b > (c)\nexport default { ¶a: §f(1, 2, 3) }', ['a'], '/x/web.js')
  })

  test('of a large file at once', () => {
    const states = Array.from({ length: 2000 }, (_, i) => `  s${i}: { 'file.directory': { path: '/srv/${i}' } },`)
    const places = new LiteralPlaces('/x/web.ts', define(`{\n${states.join('\n')}\n}`))
    const before = performance.now()
    for (let i = 0; i < 2000; i++) expect(places.placeOf([`s${i}`, 'file.directory', 'path']).line).toBe(i + 3)
    expect(performance.now() - before).toBeLessThan(5000)
  })
})
