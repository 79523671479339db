import fc from 'fast-check'
import nunjucks from 'nunjucks'
import { afterAll, describe, expect, test } from 'vitest'
import { Fixture, type Files } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = {
  name: 'web',
  on: true,
  off: false,
  zero: 0,
  nothing: null,
  users: ['ann', 'bob'],
  ports: { http: 80, tls: 443 },
  hosts: [
    { name: 'a', up: true },
    { name: 'b', up: false },
  ],
  text: 'one two',
}

const files: Files = {
  'lib.njk':
    '{% macro m(a, b="B") %}{{ a }}-{{ b }}{% endmacro %}{% set v = 1 %}{% set _hidden = 2 %}{% macro who() %}{{ name }}{% endmacro %}',
  'sees.njk': '{{ local }}{% set local = 2 %}{{ local }}',
  'base.njk': '[{% block a %}A{% endblock %}|{% block b %}B{% endblock %}]',
  'mid.njk': '{% extends "base.njk" %}{% block a %}M({{ super() }}){% endblock %}',
  'sets.njk': '{% set leaked = 1 %}',
  'local.njk': '{% macro m() %}{{ local }}{% endmacro %}',
}

describe('language', () => {
  test.each<[string, string]>([
    ['{{ true }} {{ false }}', 'true false'],
    ['[{{ none }}{{ nothing }}{{ null }}]', '[]'],
    ['{{ users }}', '["ann","bob"]'],
    ['{{ ports }}', '{"http":80,"tls":443}'],
    ['{{ [] }}{{ {} }}', '[]{}'],
    ['{{ 1e3 }} {{ 1.5 }} {{ 7 // 2 }} {{ 2 ** 3 }} {{ 7 % 4 }}', '1000 1.5 3 8 3'],
    ['{{ 7 * 1 / 2 }} {{ 7 // 2 * 2 }} {{ 10 - 2 + 3 }} {{ 1 - -1 }}', '3.5 6 11 2'],
    ['{{ "a" ~ 1 + 2 }} {{ "a" + 1 }} {{ users ~ "" }}', 'a3 a1 ["ann","bob"]'],
    ['{{ users + ["eve"] }}', '["ann","bob","eve"]'],
    [
      '{{ not 1 == 2 }} {{ not "x" in users }} {{ "ann" in users }} {{ "http" in ports }} {{ "ne" in text }}',
      'true true true true true',
    ],
    [
      '{{ 1 < 2 }} {{ "1" == 1 }} {{ "1" === 1 }} {{ nothing == null }} {{ 1 != 2 and 2 !== 2 }}',
      'true true false true false',
    ],
    ['{{ zero or "else" }} {{ "a" and "b" }} {{ "yes" if off else "no" }}[{{ 1 if off }}]', 'else b no[]'],
    ['{{ ("x") }} {{ (1 + 2) * 3 }} {{ -(2) }} {{ +"3" }}', 'x 9 -2 3'],
    ['{{ "a\\n\\t\\"b" }}', 'a\n\t"b'],
    ['{{ target.name }} {{ variables.name }} {{ with }} {{ facts }}', 'web1 web {} {}'],
    ['{{ text.split(" ").join("+") }} {{ text.length }} {{ text[0] }} {{ text.toUpperCase() }}', 'one+two 7 o ONE TWO'],
    ['{{ (3.14159).toFixed(2) }} {{ users.indexOf("bob") }} {{ users[1] }} {{ users.length }}', '3.14 1 bob 2'],
    ['{% set p = r/o(n)/g %}{{ p.test(text) }} {{ text.replace(r/o/g, "0") }}', 'true 0ne tw0'],
    [
      '{% for k, v in ports.items() %}{{ k }}={{ v }};{% endfor %}{{ ports.get("x", 1) }}{{ ports.keys() }}{{ ports.values() }}',
      'http=80;tls=443;1["http","tls"][80,443]',
    ],
    [
      '{% for u in users %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}',
      '1021truefalse2 2110falsetrue2 ',
    ],
    ['{% for k in ports %}{{ k }} {% endfor %}{% for c in "ab" %}{{ c }}.{% endfor %}', 'http tls a.b.'],
    ['{% for a, b in [[1, 2], [3, 4]] %}{{ a + b }} {% endfor %}', '3 7 '],
    ['{% for x in nothing %}x{% else %}none{% endfor %}{% for x in [] %}{% else %}!{% endfor %}', 'none!'],
    [
      '{% asyncEach u in users %}{{ u }}{% endeach %}{% asyncAll u in users %}{{ u }}{% endall %}{% ifAsync on %}!{% endif %}',
      'annbobannbob!',
    ],
    ['{% set s = 0 %}{% for i in range(4) %}{% set s = s + i %}{% endfor %}{{ s }}', '6'],
    ['{% for i in [1, 2] %}{% set inner = i %}{% endfor %}{{ inner is defined }}', 'false'],
    ['{% if off %}{% set name = "x" %}{% endif %}{{ name }}', 'web'],
    ['{% set a, b = 1 %}{{ a }}{{ b }}', '11'],
    ['{% set list = [] %}{% for u in users %}{% set ignored = list.push(u) %}{% endfor %}{{ list }}', '["ann","bob"]'],
    ['{% set mine = users.concat() %}{% set ignored = mine.push("x") %}{{ mine.length }}{{ users.length }}', '32'],
    ['{% set x %}a{{ name }}{% endset %}{{ x | length }}{{ x == "aweb" }}', '4true'],
    [
      '{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(a=1, b=4) }} {{ m(b=5, a=1) }}',
      '12 13 14 15',
    ],
    [
      '{% macro m(a) %}{{ a | default("none") }}{{ a is defined }}{% endmacro %}{{ m() }} {{ m(1) }}',
      'nonefalse 1true',
    ],
    [
      '{% macro m() %}x{% endmacro %}{{ m() | length }}{{ m() == "x" }}{{ m() | upper }}{{ m() ~ "y" }}{{ m() is string }}',
      '1trueXxytrue',
    ],
    ['{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}', '3210'],
    ['{% macro m(x) %}<{{ caller(x) }}>{% endmacro %}{% call(y) m(1) %}{{ y }}{{ name }}{% endcall %}', '<1web>'],
    [
      '{% macro in() %}({{ caller() }}){% endmacro %}{% macro out() %}{% call in() %}{{ caller() }}{% endcall %}{% endmacro %}{% call out() %}x{% endcall %}',
      '(x)',
    ],
    ['{% macro m(v) %}{{ v }}{% endmacro %}{{ users.map(m).join("+") }}', 'ann+bob'],
    [
      '{% import "lib.njk" as lib %}{{ lib.m(1) }} {{ lib.v }} {{ lib._hidden is defined }} {{ lib.who() }}',
      '1-B 1 false web',
    ],
    ['{% from "lib.njk" import m as mm, v %}{{ mm(1, 2) }}{{ v }}', '1-21'],
    ['{% set local = "L" %}{% from "local.njk" import m with context %}{{ m() }}', 'L'],
    ['{% set local = 1 %}{% include "sees.njk" %}{{ local }}', '121'],
    ['{% for local in [7] %}{% include "sees.njk" %}{% endfor %}', '72'],
    ['{% include "sets.njk" %}{{ leaked is defined }}', 'false'],
    ['{% include "missing.njk" ignore missing %}x', 'x'],
    ['{% extends "base.njk" %}ignored{% block b %}b{{ super() }}{% endblock %}', '[A|bB]'],
    ['{% extends "mid.njk" %}{% block a %}<{{ super() }}>{% endblock %}', '[<M(A)>|B]'],
    [
      '{% set t = "base.njk" %}{% extends t %}{% set z = 1 %}{% block a %}{{ z }}{{ super() | length }}{% endblock %}',
      '[11|B]',
    ],
    ['{% if on %}{% extends "base.njk" %}{% endif %}{% if on %}{% block a %}x{% endblock %}{% endif %}', '[x|B]'],
    ['{% block a %}plain{% endblock %}', 'plain'],
    ['{% filter upper %}a{{ name }}{% endfilter %}', 'AWEB'],
    ['{% switch name %}{% case "x" %}1{% case "web" %}{% case "db" %}2{% default %}3{% endswitch %}', '2'],
    ['{% switch name %}{% case "x" %}1{% default %}3{% endswitch %}', '3'],
    ['{% raw %}{{ x }}{% if %}{% endraw %}', '{{ x }}{% if %}'],
    ['{% raw %}a{% raw %}b{% endraw %}c{% endraw %}', 'a{% raw %}b{% endraw %}c'],
    ['{%- raw -%} {{ x }} {%- endraw -%} y', '{{ x }}y'],
    ['{% raw %}{{ x }}\n{% endraw %}\r{{ name }}', '{{ x }}\nweb'],
    ['a {# {{ x }} #} b #} c {{ 1 }}', 'a  b #} c 1'],
    [
      '{% set c = cycler("a", "b") %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }}',
      'abaaa',
    ],
    ['{% set j = joiner("/") %}{{ j() }}a{{ j() }}b', 'a/b'],
    ['{{ range(3) }}{{ range(1, 3) }}{{ range(5, 0, -2) }}{{ range(0) }}', '[0,1,2][1,2][5,3,1][]'],
    ['{% set __proto__ = 1 %}{{ __proto__ }}{% set constructor = 2 %}{{ constructor }}', '12'],
    ['{{ {"__proto__": 1, b: 2} | length }}', '2'],
  ])('%s gives %s', (template, text) => {
    expect(fixture.render(template, { files, scope: { variables } })).toBe(text)
  })
})

describe('lines that hold only tags', () => {
  test.each<[string, string]>([
    ['a\n{% if on %}\nb\n{% endif %}\nc\n', 'a\nb\nc\n'],
    ['a:\n  {% if on %}\n  - b\n  {% endif %}\n  - c\n', 'a:\n  - b\n  - c\n'],
    ['\t{% set x = 1 %} \t{% set y = 2 %}  \nz', 'z'],
    ['{# one\n two #}\nz', 'z'],
    ['{% if on and\n  on %}\nz\n{% endif %}', 'z\n'],
    ['  {% if on %}', '!'],
    ['a\n  {% set x = 1 %}', 'a\n'],
    ['a: {% if on %}1{% endif %}\nb: 2\n', 'a: 1\nb: 2\n'],
    ['  {% if on %}a{% endif %}: 1\n', '  a: 1\n'],
    ['  {% if on %} {{ name }}\n{% endif %}\n', '   web\n'],
    ['a\n\n{% if on %}\n\nb\n{% endif %}\n\nc', 'a\n\n\nb\n\nc'],
    ['a\r\n  {% if on %}\r\nb\r\n{% endif %}\r\nc', 'a\r\nb\r\nc'],
    ['a\r{% if on %}\rb\r{% endif %}\rc', 'a\rb\rc'],
    ['a\n{%- if on %}\nb\n{%- endif %}\nc', 'a\nb\nc'],
    ['a\n  {% if on -%}\n  b\n{% endif %}', 'a\n  b\n'],
    ['{% raw %}\n{{ x }}\n{% endraw %}\nz', '{{ x }}\nz'],
    ['{% macro m() %}\nx\n{% endmacro %}\n{{ m() }}z', 'x\nz'],
  ])('%j gives %j', (template, text) => {
    const closed = text === '!' ? `${template}{% endif %}` : template
    expect(fixture.render(closed, { scope: { variables } })).toBe(text === '!' ? '' : text)
  })
})

// What Nunjucks itself makes of a template; words keep every line from being one of tags alone.
const original = (template: string): string => {
  const loader: nunjucks.ILoader = { getSource: (name) => ({ src: files[name] ?? '', path: name, noCache: true }) }
  return new nunjucks.Environment(loader, { autoescape: false }).renderString(template, variables)
}

const fragments = [
  'word ',
  '\n word',
  '{{ name }}',
  '{{- on -}}',
  '{{ users | join("+") }}',
  '{{ ports.http * 2 - 1 }}',
  '{{ hosts | selectattr("up") | length }}',
  '{{ "yes" if on else "no" }}',
  '{{ text | title | replace("T", "t") }}',
  '{% if on %}w{% else %}x{% endif %}',
  '{%- if off -%} w {%- elif zero == 0 -%} x {%- endif -%}',
  '{% for u in users %}w{{ loop.index }}{{ u }} {% endfor %}',
  '{% for k, v in ports %}w{{ k }}{{ v }}{% else %}x{% endfor %}',
  '{% set n = 1 %}{{ n }}',
  '{% set b %}w{{ name }}{% endset %}{{ b | upper }}',
  '{% macro m(x, y="Y") %}w{{ x }}{{ y }}{% endmacro %}{{ m(1) }}{{ m(2, y=3) }}',
  '{% macro c() %}w{{ caller() }}{% endmacro %}{% call c() %}w{{ name }}{% endcall %}',
  '{% include "lib.njk" %}w',
  '{% import "lib.njk" as lib %}{{ lib.m(1) }}',
  '{% from "lib.njk" import m %}{{ m(1, "z") }}',
  '{% filter upper %}w {{ name }}{% endfilter %}',
  '{% raw %}w {{ x }}{% endraw %}',
  '{# w #}',
  '{% switch name %}{% case "web" %}w{% default %}x{% endswitch %}',
]

test('prints what Nunjucks prints', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...fragments), { maxLength: 12 }), (chosen) => {
      const template = `w${chosen.join('w')}w`
      expect(fixture.render(template, { files, scope: { variables } })).toBe(original(template))
    }),
    { numRuns: 500 },
  )
})
