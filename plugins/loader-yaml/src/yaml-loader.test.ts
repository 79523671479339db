import { loadContext } from '@prove/core/testing'
import { type Loaded, ProveError, type ValuePath } from '@prove/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { yamlLoader } from './yaml-loader.js'

const load = (text: string): Loaded => yamlLoader.load('web.yml', text, loadContext()) as Loaded

const failure = (text: string): unknown => {
  try {
    load(text)
  } catch (error) {
    return error
  }
  return undefined
}

const refusal = (text: string): ProveError => {
  const error = failure(text)
  if (!(error instanceof ProveError)) throw new Error(`not refused as it should be: ${String(error)}`)
  return error
}

const shortPlace = (place: { line: number; column: number } | undefined): string => `${place?.line}:${place?.column}`

describe('data', () => {
  test.each<[string, string, unknown]>([
    ['an empty file', '', {}],
    ['only comments', '# nothing\n', {}],
    ['an empty document', '---\n', {}],
    ['a written null', '~', null],
    ['a byte order mark', '\uFEFFa: 1', { a: 1 }],
    ['a mode in plain digits', 'mode: 0644', { mode: 644 }],
    ['a mode in quotes', "mode: '0o644'", { mode: '0o644' }],
    ['a prefixed integer elsewhere', 'size: 0x1F', { size: 31 }],
    ['YAML 1.2 scalars', '[yes, 2024-01-01, true, 1.5]', ['yes', '2024-01-01', true, 1.5]],
    ['a merge', 'x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  a: 3', { x: { a: 1, b: 2 }, y: { a: 3, b: 2 } }],
    ['a merge of a list', 'x: &x {a: 1}\ny: {<<: [*x, {a: 2, b: 2}]}', { x: { a: 1 }, y: { a: 1, b: 2 } }],
    ['a quoted <<', '"<<": 1', { '<<': 1 }],
    ['a late value', "a: !late file('/x').exists", { a: { $late: "file('/x').exists" } }],
    ['a late value in quotes', `a: !late "'a' ~ b"`, { a: { $late: "'a' ~ b" } }],
    ['a late value of many lines', 'a: !late |-\n  b\n  + 1\nc: 2', { a: { $late: 'b\n+ 1' }, c: 2 }],
    ['a late value that looks like a number', 'mode: !late 0x1', { mode: { $late: '0x1' } }],
    ['an empty late value', 'a: !late', { a: { $late: '' } }],
    ['late values in a list, and again', '[!late a, &b !late c, *b]', [{ $late: 'a' }, { $late: 'c' }, { $late: 'c' }]],
    ['a document end', '---\na: 1\n...\n', { a: 1 }],
  ])('%s', (_name, text, data) => {
    expect(load(text).data).toEqual(data)
  })
})

const nested = `# head
web:
  file.managed:
    - name: /etc/motd
    - mode: 0644
    - user:
    -
  tags: [one, {two: 'x', "three": [4,
    5]}]
  text: |  # note | here
    line
  folded: &f >-
    line
  "quoted key": plain
    goes on
again: *f
`

const anchored = `base: &base
  mode: 0644
  list: [1, 2]
web:
  <<: *base
  user: root
copy: *base
`

const expectPlaces = (text: string, path: ValuePath, value: string, key: string): void => {
  const loaded = load(text)
  expect([shortPlace(loaded.placeOf(path)), shortPlace(loaded.placeOfKey(path))]).toEqual([value, key])
}

describe('places', () => {
  test.each<[ValuePath, string, string]>([
    [[], '2:1', '2:1'],
    [['web'], '3:3', '2:1'],
    [['web', 'file.managed'], '4:5', '3:3'],
    [['web', 'file.managed', 0], '4:7', '4:7'],
    [['web', 'file.managed', 0, 'name'], '4:13', '4:7'],
    [['web', 'file.managed', 1, 'mode'], '5:13', '5:7'],
    [['web', 'file.managed', 2, 'user'], '6:7', '6:7'],
    [['web', 'file.managed', 3], '7:5', '7:5'],
    [['web', 'tags'], '8:9', '8:3'],
    [['web', 'tags', 0], '8:10', '8:10'],
    [['web', 'tags', 1], '8:15', '8:15'],
    [['web', 'tags', 1, 'two'], '8:21', '8:16'],
    [['web', 'tags', 1, 'three'], '8:35', '8:26'],
    [['web', 'tags', 1, 'three', 1], '9:5', '9:5'],
    [['web', 'text'], '10:9', '10:3'],
    [['web', 'folded'], '12:14', '12:3'],
    [['web', 'quoted key'], '14:17', '14:3'],
    [['again'], '16:8', '16:1'],
    [['web', 'file.managed', 1, 'missing', 'x'], '5:7', '5:7'],
    [['web', 'tags', 7], '8:9', '8:3'],
    [['missing'], '2:1', '2:1'],
  ])('of %j in nested values: %s, key %s', (path, value, key) => {
    expectPlaces(nested, path, value, key)
  })

  test.each<[ValuePath, string, string]>([
    [['web', 'mode'], '2:9', '2:3'],
    [['web', 'user'], '6:9', '6:3'],
    [['copy'], '7:7', '7:1'],
    [['copy', 'list', 1], '3:13', '3:13'],
  ])('of %j behind aliases: %s, key %s', (path, value, key) => {
    expectPlaces(anchored, path, value, key)
  })

  test.each<[string, ValuePath, string, string]>([
    ['', ['a'], '1:1', '1:1'],
    ['\uFEFFa: 1', ['a'], '1:4', '1:1'],
    ['a: 1\r\nb: 2\r\n', ['b'], '2:4', '2:1'],
    ['-\n# -\n- \n- x\n', [1], '3:1', '3:1'],
    ['a: !late b.c', ['a', '$late'], '1:10', '1:1'],
    ['a: !late |\n  b', ['a'], '1:10', '1:1'],
  ])('in %j of %j: %s, key %s', expectPlaces)

  test('name the file', () => {
    expect(load('a: 1').placeOf(['a'])).toEqual({ file: 'web.yml', line: 1, column: 4 })
  })
})

const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)].join(
  '\n',
)

const manyAliases = `a: &a 1\nb: [${'*a, '.repeat(1001)}]`

const expectRefusal = (text: string, place: string, message: RegExp, hint: RegExp): void => {
  const error = refusal(text)
  expect(error.code).toBe('PRV_LOADER_SYNTAX')
  expect(shortPlace(error.place)).toBe(place)
  expect(error.message).toMatch(message)
  expect(error.message).not.toMatch(/\n|\.$|^[A-Z]/)
  expect(error.hint).toMatch(hint)
}

describe('refusals', () => {
  test.each<[string, string, RegExp, RegExp]>([
    ['a: 1\n---\nb: 2\n', '2:1', /more than one document/, /a file of its own/],
    ['a\n...\nb\n', '3:1', /more than one document/, /a file of its own/],
    ['---\n---\n', '2:1', /more than one document/, /a file of its own/],
    ['a:\n  x: 1\n  "x": 2\n', '3:3', /the key "x" is written twice/, /in line 2/],
    ['1: a\n"1": b\n', '2:1', /the key "1" is written twice/, /in line 1/],
    ['a:\n\tb: 1\n', '2:1', /tab/, /spaces/],
    ['a:\n  b: 1\n  \tc: 2\n', '3:3', /tab/, /spaces/],
    ['a:\n  - 1\n\t- 2\n', '3:1', /tab/, /spaces/],
    ['-\ta: 1\n\tb: 2\n', '1:2', /tab/, /spaces/],
    ['a: b: c\n', '1:5', /bad indentation/, /quotes/],
    ['a: %x\n', '1:4', /cannot start with %/, /quotes/],
    ['a: [1\n', '1:6', /not closed/, /close/],
    ['a: "x\nb: 1\n', '2:1', /not closed/, /close/],
    ['a: 1\nb\nc: 2\n', '2:2', /colon is missing/, /key: value/],
    ['a: x\0', '1:5', /control character/, /remove/],
    ['a: *x\n', '1:4', /"\*x" has no anchor/, /&x/],
    ['a: &a [*a]\n', '1:8', /inside its own anchor/, /write/],
    ['a: !foo x\n', '1:4', /unknown scalar tag/, /quotes/],
    ['a: !late [b]\n', '1:4', /^"!late" takes a text, found a list$/, /quotes/],
    ['a: !late\n  b: 1\n', '1:4', /^"!late" takes a text, found a map$/, /quotes/],
    ['!late a: 1\n', '1:7', /cannot be a key/, /quotes/],
    ['a:\n  <<: !late b\n', '2:3', /^only a map/, /alias/],
    ['%YAML 2.0\n---\n', '2:1', /not well-formed/, /remove/],
    ['a:\n  <<: 3\n', '2:3', /only a map/, /alias of a map/],
    ['[a]: 1\n', '1:1', /cannot be a key/, /quotes/],
    ['__proto__: {a: 1}\n', '1:1', /"__proto__"/, /another key/],
    ['x: {"__pro\\x74o__": 1}\n', '1:5', /"__proto__"/, /another key/],
    ['mode: 0o644\n', '1:7', /octal digits/, /'0644'/],
    ['x: [{mode: 0x1F}]\n', '1:12', /octal digits/, /'0644'/],
    ['a: &m 0x1F\nmode: *m\n', '2:7', /octal digits/, /'0644'/],
  ])('of %j at %s', expectRefusal)

  test.each<[string, string, string, RegExp, RegExp]>([
    ['deep nesting', '['.repeat(150), '1:100', /nest too deep/, /flatter/],
    ['aliases of aliases', bomb, '15:18', /too many values/, /fewer aliases/],
    ['many aliases', manyAliases, '2:4005', /too many values/, /fewer aliases/],
  ])('of %s', (_name, ...row) => {
    expectRefusal(...row)
  })
})

const pieces = [
  '\t',
  '\n',
  '  ',
  '- ',
  ': ',
  '? ',
  '&a ',
  '*a',
  '<<: *base',
  '[',
  '}',
  '"',
  "'",
  '|',
  '---\n',
  '!!int ',
  '\0',
  '\r',
  '%',
  '#',
  '__proto__',
]
const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 }))
const mutation = fc.tuple(fc.nat(400), fc.nat(6), piece)

const mutate = (text: string, mutations: readonly [number, number, string][]): string =>
  mutations.reduce((now, [at, removed, added]) => now.slice(0, at) + added + now.slice(at + removed), text)

const isInside = (text: string, { line, column }: { line: number; column: number }): boolean => {
  const found = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)[line - 1]
  return found !== undefined && column >= 1 && column <= found.length + 1
}

test('any text loads, or is refused at a place inside the file', () => {
  const texts = fc.tuple(fc.constantFrom(nested, anchored, ''), fc.array(mutation, { minLength: 1, maxLength: 6 }))
  fc.assert(
    fc.property(texts, ([text, mutations]) => {
      const mutated = mutate(text, mutations)
      const error = failure(mutated)
      if (error === undefined) return true
      return error instanceof ProveError && error.place !== undefined && isInside(mutated, error.place)
    }),
    { numRuns: 2000 },
  )
})
