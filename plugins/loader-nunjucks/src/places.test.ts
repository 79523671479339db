import { FactsNeeded, type Loader, ProveError, ProveErrors } from '@prove/core'
import { loadContext } from '@prove/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { nunjucksLoader } from './index.js'
import { Fixture, type Files, textLoader } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = {
  name: 'NAME',
  on: true,
  off: false,
  users: ['USER1', 'USER2'],
  ports: { http: 80, tls: 443 },
  lines: 'L1\nL2',
}

const files: Files = {
  'part.yml': 'PART: 1\n{# c #}\nPARTNAME: {{ name }}\n',
  'templates/far.yml': 'FAR: 1\n',
  'deep/part.yml': 'a\n{% include "leaf.yml" %}\n',
  'deep/leaf.yml': '\n  LEAF: 1\n',
  'lib.yml': '{% macro state(id) %}\n\n{{ id }}: MACRO\n  body: BODY\n{% endmacro %}\n{% set given = "GIVEN" %}\n',
  'base.yml': 'HEAD\n{% block one %}\nBASE1\n{% endblock %}\nMIDDLE {% block two %}BASE2{% endblock %}\nTAIL\n',
  'mid.yml': '{% extends "base.yml" %}\n{% block one %}\nMID1\n{{ super() }}{% endblock %}\n',
}

// A template, a word of what it renders to, and where in the template that comes from.
const table: readonly [string, string, string, string][] = [
  ['text before a tag', 'A: 1\n{{ name }}\n', 'A:', '1:1'],
  ['an output', 'a: {{ name }}\n', 'NAME', '1:4'],
  ['an output behind text', 'a\n  - x: {{ name }}\n', 'NAME', '2:8'],
  ['text behind an output', 'a: {{ name }} TEXT\n', 'TEXT', '1:15'],
  ['text behind a longer output', '{{ lines }}: 1\nTEXT', 'TEXT', '2:1'],
  ['a second output in a line', '{{ off }} {{ name }}', 'NAME', '1:11'],
  ['each line of an output', 'a\nb: {{ lines }}\n', 'L2', '2:4'],
  ['the end of an output', '{{ lines }}\nTEXT', 'TEXT', '2:1'],
  ['text behind a tag line', '{% if on %}\nTEXT\n{% endif %}\n', 'TEXT', '2:1'],
  ['text in an indented if', 'a:\n  {% if on %}\n  TEXT: 1\n  {% endif %}\n', 'TEXT', '3:3'],
  ['text behind an if that is left out', '{% if off %}\nx\ny\n{% endif %}\nTEXT', 'TEXT', '5:1'],
  ['text in an else', '{% if off %}\nx\n{% else %}\n  TEXT\n{% endif %}', 'TEXT', '4:3'],
  ['text in an elif', '{% if off %}\nx\n{% elif on %}\nTEXT\n{% endif %}', 'TEXT', '4:1'],
  ['an if in a line', 'a: {% if on %}TEXT{% endif %} b\n', 'TEXT', '1:15'],
  ['text behind an if in a line', 'a: {% if off %}x{% endif %} TEXT\n', 'TEXT', '1:29'],
  ['a first round', '{% for u in users %}\n{{ u }}: 1\n{% endfor %}\n', 'USER1', '2:1'],
  ['a second round', '{% for u in users %}\n{{ u }}: 1\n{% endfor %}\n', 'USER2', '2:1'],
  ['text behind a loop', '{% for u in users %}\n{{ u }}: 1\n{% endfor %}\nTEXT', 'TEXT', '4:1'],
  [
    'an if in a loop',
    '{% for u in users %}\n  {% if loop.last %}\n  - TEXT\n  {% endif %}\n{% endfor %}',
    'TEXT',
    '3:5',
  ],
  ['a loop over a map', '{% for k, v in ports %}\n{{ k }}: P{{ v }}\n{% endfor %}', 'P443', '2:10'],
  ['the else of a loop', '{% for u in [] %}\nx\n{% else %}\nTEXT\n{% endfor %}', 'TEXT', '4:1'],
  [
    'a loop in a loop',
    '{% for u in users %}\n{% for k in ports %}\n- {{ u }}{{ k }}\n{% endfor %}{% endfor %}',
    'USER2',
    '3:3',
  ],
  ['behind a comment', '{# one\ntwo #}\nTEXT', 'TEXT', '3:1'],
  ['behind a comment in a line', 'a: {# one\ntwo #} TEXT', 'TEXT', '2:8'],
  ['in raw', '{{ name }}\n{% raw %}\n{{ RAW }}\n{% endraw %}\n', 'RAW', '3:4'],
  ['in verbatim', '{{ name }}\n{% verbatim %}{% RAW %}{% endverbatim %}\n', 'RAW', '2:18'],
  ['behind raw', '{% raw %}\n{{ RAW }}\n{% endraw %}\nTEXT', 'TEXT', '4:1'],
  ['a dash before', 'a\n\n  {%- if on %}\nTEXT{% endif %}', 'TEXT', '4:1'],
  ['a dash behind', '{% if on -%}\n\n   TEXT{% endif %}', 'TEXT', '3:4'],
  ['dashes on both sides', 'a: {{- name -}}  \n  TEXT', 'TEXT', '2:3'],
  ['an output with dashes', 'a:\n\n {{- name }}', 'NAME', '3:2'],
  ['a comment with dashes', 'a\n {#- x -#}\n\n TEXT', 'TEXT', '4:2'],
  ['a block scalar', 'k: |\n  one\n  {{ name }}\n  TEXT\n', 'TEXT', '4:3'],
  ['a block scalar with tags', 'k: |\n  {% if on %}\n  one\n  {% endif %}\n  TEXT\n', 'TEXT', '5:3'],
  ['a folded scalar', 'k: >-\n  one\n  {% for u in users %}\n  {{ u }}\n  {% endfor %}\nTEXT: 1', 'USER2', '4:3'],
  ['a tag over several lines', '{% if on and\n  name %}\nTEXT\n{% endif %}', 'TEXT', '3:1'],
  ['an output over several lines', 'a: {{\n  name\n}} TEXT', 'TEXT', '3:4'],
  ['behind set', '{% set x = 1 %}\n{% set y = 2 %}\nTEXT', 'TEXT', '3:1'],
  ['a set-block', '{% set x %}\nSETTEXT\n{% endset %}\na: {{ x }}', 'SETTEXT', '4:4'],
  ['behind a set-block', '{% set x %}\na\nb\n{% endset %}\nTEXT', 'TEXT', '5:1'],
  ['switch', '{% switch name %}\n{% case "x" %}\nno\n{% case "NAME" %}\nTEXT\n{% endswitch %}', 'TEXT', '5:1'],
  ['an include', 'a\n{% include "part.yml" %}\nTEXT', 'PART:', 'part.yml:1:1'],
  ['an output of an include', '{% include "part.yml" %}', 'NAME:', 'part.yml:3:5'],
  ['an output of an include', '{% include "part.yml" %}', ' NAME', 'part.yml:3:10'],
  ['behind an include', 'a\n{% include "part.yml" %}\nTEXT', 'TEXT', '3:1'],
  ['an include from a folder', '{% include "far.yml" %}', 'FAR', 'templates/far.yml:1:1'],
  ['an include next to an include', '{% include "deep/part.yml" %}', 'LEAF', 'deep/leaf.yml:2:3'],
  ['an include in a loop', '{% for u in users %}\n{% include "part.yml" %}\n{{ u }}\n{% endfor %}', 'USER2', '3:1'],
  ['an indented include', 'a:\n  {% include "part.yml" %}\n', 'PARTNAME', 'part.yml:3:1'],
  ['a macro', '{% macro m(x) %}\n\n  {{ x }} BODY\n{% endmacro %}\na: {{ m("X") }}', 'BODY', '3:11'],
  ['an argument in a macro', '{% macro m(x) %}\n  {{ x }} BODY\n{% endmacro %}\na: {{ m("XX") }}', 'XX', '2:3'],
  ['behind a macro', '{% macro m() %}\na\nb\n{% endmacro %}\n{{ m() }} TEXT', 'TEXT', '5:11'],
  [
    'a macro in a macro',
    '{% macro a() %}\nA\n{% endmacro %}{% macro b() %}\n{{ a() }}\n{% endmacro %}\n{{ b() }}',
    'A',
    '2:1',
  ],
  ['an imported macro', '{% import "lib.yml" as lib %}\n{{ lib.state("ID") }}', 'MACRO', 'lib.yml:3:11'],
  ['a macro by its name', '{% from "lib.yml" import state %}\n\n{{ state("ID") }}', 'BODY', 'lib.yml:4:9'],
  ['an imported name', '{% from "lib.yml" import given %}\n\n{{ given }}', 'GIVEN', '3:1'],
  [
    'an indented macro',
    '{% from "lib.yml" import state %}\na:\n  {{ state("ID") | indent(2) }}',
    'BODY',
    'lib.yml:4:9',
  ],
  ['a macro in upper case', '{% macro m() %}\na\n  low: 1\n{% endmacro %}\n{{ m() | upper }}', 'LOW', '3:3'],
  [
    'a macro that is sorted',
    '{% macro m() %}\na\nTEXT\n{% endmacro %}\n{{ m() | replace("\\n", " ") }}',
    'TEXT',
    '5:1',
  ],
  ['a macro chosen in the output', '{% macro m() %}\nTEXT{% endmacro %}\n{{ m() if on else 1 }}', 'TEXT', '3:1'],
  [
    'a call block',
    '{% macro m() %}\n<{{ caller() }}>\n{% endmacro %}\n{% call m() %}\n  CALLED\n{% endcall %}',
    'CALLED',
    '5:3',
  ],
  [
    'around a call block',
    '{% macro m() %}\n<{{ caller() }}END>\n{% endmacro %}\n{% call m() %}\nx\n{% endcall %}',
    'END',
    '2:16',
  ],
  [
    'an indented caller',
    '{% macro m() %}\n{{ caller() | indent(4, true) }}{% endmacro %}{% call m() %}\nX:\n  Y\n{% endcall %}',
    'Y',
    '4:3',
  ],
  ['a filter block', '{% filter upper %}\na\n  text\n{% endfilter %}', 'TEXT', '3:3'],
  ['the parent of a template', '{% extends "base.yml" %}\n', 'TAIL', 'base.yml:6:1'],
  ['a block of the parent', '{% extends "base.yml" %}\n', 'BASE2', 'base.yml:5:23'],
  ['a block of the child', '{% extends "base.yml" %}\n{% block one %}\n\nOWN\n{% endblock %}', 'OWN', '4:1'],
  ['a block in a line', '{% extends "base.yml" %}\n{% block two %}OWN{% endblock %}', 'OWN', '2:16'],
  ['super', '{% extends "base.yml" %}\n{% block one %}\nOWN\n{{ super() }}{% endblock %}', 'BASE1', 'base.yml:3:1'],
  ['behind super', '{% extends "base.yml" %}\n{% block two %}{{ super() }}+OWN{% endblock %}', 'OWN', '2:30'],
  ['super of super', '{% extends "mid.yml" %}\n{% block one %}{{ super() }}{% endblock %}', 'BASE1', 'base.yml:3:1'],
  [
    'a block of the middle',
    '{% extends "mid.yml" %}\n{% block one %}{{ super() }}{% endblock %}',
    'MID1',
    'mid.yml:3:1',
  ],
  ['private-use characters', '\uE000{{ name }}\uE001\n\uE000\uE001TEXT\uE002', 'TEXT', '2:3'],
  ['a byte order mark', '\uFEFFA {{ name }}', 'NAME', '1:3'],
  ['line breaks of Windows', '{% if on %}\r\nA\r\n{% endif %}\r\n  TEXT\r\n', 'TEXT', '4:3'],
  ['line breaks of old Macs', 'A\r{% if on %}\rB\r{% endif %}\r{{ name }}', 'NAME', '5:1'],
  ['astral characters', '😀 {{ name }}', 'NAME', '1:4'],
]

describe('places', () => {
  test.each(table)('of %s: %j, %s', (_title, template, word, place) => {
    const loaded = fixture.load(template, { files, scope: { variables } })
    expect(loaded.data).toContain(word)
    expect(fixture.shown(loaded.placeOf([word]))).toBe(place)
    expect(fixture.shown(loaded.placeOfKey([word]))).toBe(place)
  })

  test('of errors of the loader for YAML are those of the template', () => {
    const fail = (): unknown =>
      fixture.load('{% if on %}\n\na: {{ name }} BROKEN\n{% endif %}', { scope: { variables } })
    expect(fail).toThrow(
      expect.objectContaining({ place: { file: `${fixture.folder}/main.yml`, line: 3, column: 15 } }),
    )
  })

  test('beyond the text are at its end', async () => {
    const far: Loader = {
      ...textLoader,
      load: (file) => ({
        data: 0,
        placeOf: () => ({ file, line: 9, column: 9 }),
        placeOfKey: () => ({ file, line: 1, column: 99 }),
      }),
    }
    const loaded = await nunjucksLoader.load('/x/main.yml', 'a\n{{ 1 }}\n', loadContext({}, { loaders: [far] }))
    expect(loaded).toMatchObject({ data: 0 })
    expect(loaded.placeOf([])).toEqual({ file: '/x/main.yml', line: 3, column: 1 })
    expect(loaded.placeOfKey([])).toEqual({ file: '/x/main.yml', line: 2, column: 1 })
  })

  test('of several errors, and of loaders that take their time', async () => {
    const at = (line: number): ProveError =>
      new ProveError('PRV_STATE_SHAPE', 'x', { place: { file: '/x/main.yml', line, column: 1 } })
    const slow: Loader = { ...textLoader, load: async () => Promise.reject(new ProveErrors([at(1), at(2)])) }
    const text = '{% set a = 1 %}\nx\n{{ a }}\n'
    const thrown: unknown = await Promise.resolve(
      nunjucksLoader.load('/x/main.yml', text, loadContext({}, { loaders: [slow] })),
    ).catch((error: unknown) => error)
    expect((thrown as ProveErrors).errors.map(({ place }) => place?.line)).toEqual([2, 3])
  })

  test('of facts that are needed are none: the same error comes out', () => {
    const needed = new FactsNeeded(['os'])
    const facts = new Proxy(
      {},
      {
        get: () => {
          throw needed
        },
      },
    )
    expect(() => fixture.load('{{ facts.os }}', { scope: { facts } })).toThrow(needed)
  })
})
