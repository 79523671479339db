import { loadContext, loaderSuite } from '@prove/core/testing'
import { type Loaded, ProveError, type ValuePath } from '@prove/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonLoader } from './json-loader.js'

const load = (text: string): Loaded => jsonLoader.load('web.json', text, loadContext()) as Loaded

const failure = (text: string): unknown => {
  try {
    load(text)
  } catch (error) {
    return error
  }
  return undefined
}

const shortPlace = (place: { line: number; column: number } | undefined): string => `${place?.line}:${place?.column}`

const sample = `{
  "zeta": {
    "file.directory": { "path": "/srv/first", "mode": "0750" },
    "requires": ["other_one", "other_two"]
  },
  "alpha": [
    { "fn": "cmd.run", "command": "echo grün ☃ 😀", "creates": "/srv/created" },
    { "file.absent": "/srv/gone", "timeout": 4321 }
  ],
  "mid": {
    "parts": [{ "file.link": { "path_of_link": "/srv/link", "target": "somewhere" } }],
    "after": "zeta_of_all"
  }
}
`

loaderSuite(jsonLoader, {
  sample,
  oneKey: (key) => `{ "${key}": { "polluted": true } }`,
  broken: [
    { title: 'an open map', text: '{\n  "a": {\n    "b": 1\n}\n', line: 1, column: 1 },
    { title: 'a missing comma', text: '{\n  "a": 1\n  "b": 2\n}', line: 2, column: 9 },
    { title: 'a mistake behind CRLF', text: '{\r\n  "a": 1,\r\n  "b": nope\r\n}', line: 3, column: 8 },
    { title: 'a mistake behind a byte order mark', text: '\uFEFF{a: 1}', line: 1, column: 2 },
  ],
})

describe('data', () => {
  test.each<[string, unknown]>([
    ['{}', {}],
    ['[]', []],
    [' [ 1, -2.5, 1e3, 0, -0, 1E-2 ] ', [1, -2.5, 1000, 0, -0, 0.01]],
    ['[true, false, null]', [true, false, null]],
    ['"\\u00e9\\n\\"\\/\\\\u\\ud83d\\ude00"', 'é\n"/\\u😀'],
    ['{"a":{"b":[{"c":[]}]}}', { a: { b: [{ c: [] }] } }],
    ['{"":1," ":2}', { '': 1, ' ': 2 }],
    ['"\u2028\u00a0\u007f"', '\u2028\u00a0\u007f'],
  ])('%j', (text, data) => {
    expect(load(text).data).toStrictEqual(data)
  })

  test('agrees with JSON.parse about any JSON', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(4), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent)
        if (written.includes('"__proto__"')) return
        expect(load(written).data).toStrictEqual(JSON.parse(written))
      }),
    )
  })
})

test.each<[string, ValuePath, string, string]>([
  ['', ['a'], '1:1', '1:1'],
  ['\uFEFF{"a": 1}', ['a'], '1:7', '1:2'],
  ['{"a": 1,\r\n"b": 2}', ['b'], '2:6', '2:1'],
  ['{"a": [[1, 2], [3]]}', ['a', 1, 0], '1:17', '1:17'],
  ['{"a": [[1, 2], [3]]}', ['a', '1'], '1:16', '1:16'],
  ['{"a": 1}', ['b', 'c'], '1:1', '1:1'],
  ['\n  {"a": 1}', [], '2:3', '2:3'],
])('in %j the place of %j is %s, of its key %s', (text, path, value, key) => {
  const loaded = load(text)
  expect([shortPlace(loaded.placeOf(path)), shortPlace(loaded.placeOfKey(path))]).toEqual([value, key])
})

describe('refusals', () => {
  test.each<[string, string, RegExp, RegExp]>([
    // what other dialects of JSON allow
    ['{\n  // why\n  "a": 1\n}', '2:3', /no comments/, /\.yml/],
    ['{"a": /* why */ 1}', '1:7', /no comments/, /remove/],
    ['{"a": 1} /* open', '1:10', /no comments/, /remove/],
    ['# why\n{}', '1:1', /unexpected "#"/, /value/],
    ['{"a": 1,}', '1:8', /comma before the closing \}/, /remove/],
    ['{"a": [1,\n2,\n]}', '2:2', /comma before the closing \]/, /remove/],
    ["{'a': 1}", '1:2', /not in double quotes/, /write " instead of '/],
    ['{"a": \'x\'}', '1:7', /not in double quotes/, /write " instead of '/],
    ['{"a": `x`}', '1:7', /not in double quotes/, /write " instead of `/],
    ['{a: 1}', '1:2', /the key a is not in double quotes/, /write "a"/],
    ['{"a": 1, b_c: 2}', '1:10', /the key b_c/, /write "b_c"/],
    ['{"a": root}', '1:7', /the text root/, /write "root"/],
    ['{"a": NaN}', '1:7', /no NaN/, /null/],
    ['{"a": -Infinity}', '1:7', /no -Infinity/, /null/],
    ['{"a": undefined}', '1:7', /no undefined/, /null/],
    ['{"a": True}', '1:7', /no True/, /write true/],
    ['{"a": no}', '1:7', /no no/, /write false, or "no"/],
    // numbers
    ['{"mode": 0644}', '1:10', /begin with 0/, /"0644"/],
    ['[-01]', '1:2', /begin with 0/, /"-01"/],
    ['[0x1F]', '1:2', /0x1F is not/, /double quotes/],
    ['[1.]', '1:2', /1\. is not/, /0\.5/],
    ['[.5]', '1:2', /\.5 is not/, /0\.5/],
    ['[+1]', '1:2', /\+1 is not/, /0\.5/],
    ['[1e]', '1:2', /1e is not/, /1e3/],
    ['[12h]', '1:2', /12h is not/, /double quotes/],
    ['[-]', '1:2', /unexpected "-"/, /value/],
    ['[1, 1e999]', '1:5', /1e999 is too large/, /text/],
    // commas and colons
    ['{"a": 1 "b": 2}', '1:8', /comma is missing/, /between/],
    ['{\n  "a": [1]\n  "b": 2}', '2:11', /comma is missing/, /between/],
    ['[1 2]', '1:3', /comma is missing/, /between/],
    ['["a" b]', '1:5', /comma is missing/, /between/],
    ['[1,,2]', '1:4', /value is missing before this comma/, /null/],
    ['[,1]', '1:2', /value is missing before this comma/, /null/],
    ['{,"a": 1}', '1:2', /key is missing before this comma/, /remove/],
    ['{"a": 1,, "b": 2}', '1:9', /key is missing before this comma/, /remove/],
    ['{"a": , "b": 1}', '1:7', /value is missing before this comma/, /null/],
    ['{"a": }', '1:7', /value is missing before this }/, /null/],
    ['{"a" 1}', '1:5', /colon is missing after the key "a"/, /"key": value/],
    ['{"a"}', '1:5', /colon is missing after the key "a"/, /"key": value/],
    ['{"a", "b": 1}', '1:5', /colon is missing/, /"key": value/],
    ['{"a" = 1}', '1:6', /colon is missing/, /instead of =/],
    ['{"a": 1; "b": 2}', '1:8', /comma is missing/, /instead of ;/],
    ['{"a": x; "b": 2}', '1:7', /the text x; is/, /write/],
    ['{"a":: 1}', '1:6', /before this colon/, /null/],
    ['{: 1}', '1:2', /key is missing before this colon/, /"key": value/],
    ['["a": 1]', '1:5', /unexpected ":"/, /only a map/],
    // brackets
    ['{\n "a": {\n', '2:7', /this \{ is never closed/, /missing }/],
    ['{"a": [1, 2', '1:7', /this \[ is never closed/, /missing \]/],
    ['{"a": [1,', '1:7', /this \[ is never closed/, /missing \]/],
    ['{"a":', '1:1', /this \{ is never closed/, /missing }/],
    ['{"a"', '1:1', /this \{ is never closed/, /missing }/],
    ['{\n "a": [1, 2}', '2:12', /\} stands where \] is/, /\[ of line 2/],
    ['{\n "a": {"b": 1]}', '2:14', /\] stands where \} is/, /\{ of line 2/],
    ['{"a": 1]', '1:8', /\] stands where \} is/, /\{ of line 1/],
    ['{"a": ]', '1:7', /\] stands where \} is/, /\{ of line 1/],
    ['{"a": 1}}', '1:9', /nothing left that \} could close/, /remove/],
    ['{} {}', '1:4', /more than one value/, /one map/],
    [']', '1:1', /missing before this \]/, /value/],
    // keys
    ['{"a": 1, "a": 2}', '1:10', /the key "a" is written twice/, /in line 1/],
    ['{\n"a": 1,\n"\\u0061": 2}', '3:1', /is written twice/, /in line 2/],
    ['{"x": {"__proto__": {}}}', '1:8', /"__proto__"/, /another key/],
    ['{"__pro\\u0074o__": {}}', '1:2', /"__proto__"/, /another key/],
    ['{1: 2}', '1:2', /a key is a text/, /"key"/],
    ['{[1]: 2}', '1:2', /a key is a text/, /"key"/],
    ['{null: 2}', '1:2', /the key null/, /"null"/],
    // texts
    ['{"a": "x}', '1:7', /text is not closed/, /closing quote/],
    ['{"a": "x\ny"}', '1:7', /text is not closed/, /\\n/],
    ['{"a: 1}', '1:2', /text is not closed/, /closing quote/],
    ['{"a": "C:\\"}', '1:7', /text is not closed/, /closing quote/],
    ['["a\tb"]', '1:4', /control character/, /\\t/],
    ['["a\u001b"]', '1:4', /control character/, /\\u001b/],
    ['["a\\d"]', '1:4', /unknown escape sequence \\d/, /\\\\/],
    ['["\\\\\\x"]', '1:5', /unknown escape sequence \\x/, /\\\\/],
    ['["a\\u00g0"]', '1:4', /four hexadecimal/, /u00e9/],
    ['['.repeat(150), '1:101', /nest too deep/, /flatter/],
    [`{"a": ${'{"a": '.repeat(150)}`, '1:601', /nest too deep/, /flatter/],
    ['{"a"\u00a0: 1}', '1:5', /colon is missing/, /"key": value/],
  ])('of %j at %s', (text, place, message, hint) => {
    const error = failure(text)
    if (!(error instanceof ProveError)) throw new Error(`not refused as it should be: ${String(error)}`)
    expect(error.code).toBe('PRV_LOADER_SYNTAX')
    expect(error.message).toMatch(message)
    expect(error.message).not.toMatch(/\n|\.$/)
    expect(error.hint).toMatch(hint)
    expect(shortPlace(error.place)).toBe(place)
  })
})

const pieces = [
  '\t',
  '\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u',
  '//',
  '/*',
  '0',
  '-',
  '.',
  'e',
  '\0',
  '\r',
]
const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 }))
const mutation = fc.tuple(fc.nat(500), fc.nat(6), piece)

const mutate = (text: string, mutations: readonly [number, number, string][]): string =>
  mutations.reduce((now, [at, removed, added]) => now.slice(0, at) + added + now.slice(at + removed), text)

const parsed = (text: string): unknown => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

test('any text is taken if JSON.parse takes it, or else refused at a place inside the file', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      const text = mutate(sample, mutations)
      const error = failure(text)
      const standard = parsed(text.replace(/^\uFEFF/, ''))
      if (error === undefined) return text.trim() === '' || standard !== undefined
      if (!(error instanceof ProveError) || error.place === undefined) return false
      if (standard !== undefined && !/written twice|__proto__/.test(error.message)) return false
      const line = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)[error.place.line - 1]
      return line !== undefined && error.place.column >= 1 && error.place.column <= line.length + 1
    }),
    { numRuns: 2000 },
  )
})
