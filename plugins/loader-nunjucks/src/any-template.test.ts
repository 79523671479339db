import { existsSync, readFileSync } from 'node:fs'
import { type Place, ProveError } from '@prove/core'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Fixture, type Files } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = { name: 'n', list: ['a', 'b'], tree: { a: 1 }, nothing: null, on: true }

const files: Files = {
  'part.njk': 'PART\n  {{ name }}\n',
  'lib.njk': '{% macro m(a, b=1) %}\nMACRO {{ a }}\n{% endmacro %}',
  'base.njk': 'BASE\n{% block x %}\nX\n{% endblock %}\n',
  'self.njk': '{% include "main.yml" %}{% include "self.njk" %}',
}

const good = [
  'word',
  ' ',
  '\n',
  '\n  ',
  '\r\n',
  '\r',
  '- a: 1\n',
  '{{ name }}',
  '{{- name -}}',
  '{{ list }}',
  '{{ tree.a }}',
  '{{ name | upper }}',
  '{% if on %}',
  '{% if nothing -%}',
  '{%- else %}',
  '{% elif on %}',
  '{% endif %}',
  '{% for x in list %}',
  '{% for k, v in tree %}',
  '{{ x }}',
  '{{ loop.index }}',
  '{% endfor %}',
  '{% set y = 1 %}',
  '{% set y %}',
  '{% endset %}',
  '{{ y | default(1) }}',
  '{% include "part.njk" %}',
  '{% import "lib.njk" as lib %}',
  '{{ lib.m(name) }}',
  '{{ lib.m() | indent(2) }}',
  '{% macro m(a) %}',
  '{% endmacro %}',
  '{{ m(1) }}',
  '{% call m(1) %}',
  '{{ caller() }}',
  '{% endcall %}',
  '{% extends "base.njk" %}',
  '{% block x %}',
  '{{ super() }}',
  '{% endblock %}',
  '{% filter upper %}',
  '{% endfilter %}',
  '{% raw %}',
  '{% endraw %}',
  '{# c #}',
  '{#- c\n -#}',
  '{% switch name %}',
  '{% case "n" %}',
  '{% default %}',
  '{% endswitch %}',
  '{% include "self.njk" %}',
  '{{ list.push(1) }}',
  '{{ range(9) }}',
]
const bad = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '{{ (',
  '{{ [',
  '{{ {a: ',
  ')',
  ']',
  '}',
  '"',
  "'",
  '|',
  '.',
  ',',
  '=',
  '==',
  '~',
  '-',
  '*',
  '/',
  '%',
  'r/',
  'if',
  'in',
  'is',
  'not',
  ' nope ',
  '{{ nope }}',
  '{% nope %}',
  '{% if',
  '{% for',
  '{% set',
  '{% macro',
  '{% block',
  '{% include',
  '{% import',
  '{% from "lib.njk" import',
  '{% call',
  '{% filter',
  '{% switch',
  'as',
  'with context',
  '__proto__',
  'constructor',
  '\0',
  '\\',
  '\uE000',
  '😀',
  '1e9',
  '{{ "x".constructor }}',
]
const anything = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...good) },
  { weight: 3, arbitrary: fc.constantFrom(...bad) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
)

const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)

const isInside = (main: string, { file, line, column }: Place): boolean => {
  const isMain = file.endsWith('main.yml')
  if (!isMain && !existsSync(file)) return false
  const found = linesOf(isMain ? main : readFileSync(file, 'utf8'))[line - 1]
  return found !== undefined && column >= 1 && column <= found.length + 1
}

/** Whether it renders; throws when it fails in a way it should not. */
const check = (template: string): void => {
  try {
    fixture.render(template, { files: { ...files, 'main.yml': template }, scope: { variables } })
  } catch (error) {
    if (!(error instanceof ProveError) || error.place === undefined) throw error
    expect(error.code).toMatch(/^PRV_TEMPLATE_/)
    expect(isInside(template, error.place)).toBe(true)
    for (const place of error.includedFrom) expect(isInside(template, place)).toBe(true)
  }
}

test('any text renders, or is refused at a place inside of a file', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 14 }), (pieces) => check(pieces.join(''))),
    { numRuns: 4000 },
  )
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('any expression renders, or is refused at a place inside of a file', () => {
  const words = fc.constantFrom(
    ...'name list tree nothing on nope x 1 2.5 "s" true none ( ) [ ] { } : , . | + - * / // % ** ~ == != < > <= and or not in is defined if else default upper join(1) first length range(3) .a ["a"] [0] .length .constructor'.split(
      ' ',
    ),
  )
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 10 }),
      fc.constantFrom('{{ @ }}', '{% if @ %}\n{% endif %}', '{% for i in @ %}{{ i }}{% endfor %}', '\n{% set z = @ %}'),
      (chosen, tag) => check(tag.replace('@', () => chosen.join(' '))),
    ),
    { numRuns: 4000 },
  )
})

// Words that say where they stand: what is rendered of them must map to the letter.
const structure: readonly (readonly [string, string])[] = [
  ['', ''],
  ['{% if on %}', '{% endif %}'],
  ['{% if nothing %}x\n{% else %}\n', '\n{% endif %}\n'],
  ['{%- for x in list -%}\n', '{%- endfor -%}\n'],
  ['  {% for k, v in tree %}\n', '  {% endfor %}\n'],
  ['{{ name }}\n', '{{ list }}'],
  ['{% set s %}', '{% endset %}{{ name }}'],
  ['{% filter indent(3) %}', '{% endfilter %}'],
  ['{% macro m(a) %}\n', '{% endmacro %}\n  {{ m(1) }}'],
  ['{% macro c() %}\n{{ caller() | indent(2) }}{% endmacro %}{% call c() %}\n', '{% endcall %}'],
  ['{% include "part.njk" %}\n', '{# c\n #}\n'],
  ['{% extends "base.njk" %}{% block x %}{{ super() }}', '{% endblock %}'],
]

interface Nested {
  readonly around: readonly [string, string]
  readonly before: string
  readonly inner: readonly Nested[]
}

const nested: fc.Memo<Nested> = fc.memo((levels) =>
  fc.record({
    around: fc.constantFrom(...structure),
    before: fc.constantFrom('', ' ', '\n', '\r\n', '  - '),
    inner: levels <= 1 ? fc.constant([]) : fc.array(nested(), { maxLength: 3 }),
  }),
)

const written = ({ around: [open, close], before, inner }: Nested): string =>
  `${before}@@${open}@@${inner.map((each) => written(each)).join('')}@@${close}@@`

test('every word of a template is found where it stands', () => {
  fc.assert(
    fc.property(nested(4), (tree) => {
      let count = 0
      const extended = written(tree)
        .replaceAll(/\{% extends.*?%\}/g, '')
        .replaceAll(/block x/g, () => `block x${count++}`)
      const template = extended.replaceAll('{{ super() }}', '').replaceAll('@@', () => `w${count++}w`)
      const loaded = fixture.load(template, { files, scope: { variables } })
      const lines = linesOf(template)
      for (const [word] of String(loaded.data).matchAll(/w\d+w/g)) {
        const { file, line, column } = loaded.placeOf([word])
        expect(file.endsWith('main.yml')).toBe(true)
        expect((lines[line - 1] ?? '').slice(column - 1, column - 1 + word.length)).toBe(word)
      }
    }),
    { numRuns: 1500 },
  )
})
