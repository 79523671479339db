import { afterAll, describe, expect, test } from 'vitest'
import { Fixture, type Files } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = { name: 'n', users: ['a'], tree: { a: 1 }, number: 5, nothing: null }

const files: Files = {
  'lib.njk': '{% macro m(a, b="x") %}{{ a }}{% endmacro %}',
  'self.njk': '\n{% include "self.njk" %}',
  'one.njk': '{% include "two.njk" %}',
  'two.njk': '{% extends "one.njk" %}',
  'me.njk': '{% import "me.njk" as me %}',
  'open.njk': 'a\n  {% if 1 %}',
  'fails.njk': 'a\n{{ name | round2 }}',
  'blocks.njk': '{% block a %}{{ nothing | trim }}{% endblock %}',
  'templates/nginx.njk': 'x',
  'folder/x.njk': 'x',
}

type Row = readonly [string, string, string, RegExp]

const expectFailure = (code: string, [template, place, message, hint]: Row): void => {
  const error = fixture.failure(template, { files, scope: { variables } })
  expect(`${error.code} ${error.message}`).toBe(`${code} ${message}`)
  expect(fixture.shown(error.place)).toBe(place)
  expect(error.hint ?? '').toMatch(hint)
  expect(error.message).not.toMatch(/\n|\.$/)
}

describe('syntax', () => {
  test.each<Row>([
    ['a\n  {% if name %}\nb\n', '2:3', 'this "if" is not closed', /\{% endif %\}/],
    ['{% if name %}\n{% else %}\nb\n', '1:1', 'this "if" is not closed', /endif/],
    ['{% if name %}\n{% elif 1 %}\nb\n', '1:1', 'this "if" is not closed', /endif/],
    ['{% if 1 %}\n {% for x in y %}\n{% endif %}', '3:4', '"endif" does not belong to "for"', /endfor.*line 2/],
    ['a\n{% for x in users %}\n', '2:1', 'this "for" is not closed', /\{% endfor %\}/],
    ['{% asyncEach x in users %}\n', '1:1', 'this "asyncEach" is not closed', /endeach/],
    ['\n\n{% block a %}', '3:1', 'this "block" is not closed', /endblock/],
    ['{% macro m() %}', '1:1', 'this "macro" is not closed', /endmacro/],
    ['{% set x %}a', '1:1', 'this "set" is not closed', /endset/],
    ['{% call m() %}a', '1:1', 'this "call" is not closed', /endcall/],
    ['{% filter upper %}a', '1:1', 'this "filter" is not closed', /endfilter/],
    ['a {% raw %}a{{ }}', '1:3', 'this "raw" is not closed', /endraw/],
    ['{% switch name %}{% endswitch %}', '1:1', 'this "switch" is not closed', /./],
    ['{% switch name %}{% case 1 %}', '1:1', 'this "switch" is not closed', /./],
    ['a\nb {{ name', '2:3', 'this {{ is not closed', /}}/],
    ['a\nb {% if name', '2:3', 'this {% is not closed', /%}/],
    ['{%', '1:1', 'this {% is not closed', /%}/],
    ['{{', '1:1', 'this {{ is not closed', /}}/],
    ['a\n{# abc', '2:1', 'this comment is not closed', /#}/],
    ["{{ 'abc }}\nx", '1:4', 'this quote is not closed', /'/],
    ['{{ "abc\\" }}', '1:4', 'this quote is not closed', /"/],
    ['{{ name }', '1:9', 'expected }}, found "}"', /^$/],
    ['{{ name %}', '1:9', 'expected }}, found "%}"', /write }}/],
    ['{% if name }}', '1:12', 'expected %}, found "}}"', /write %}/],
    ['a\n {% endif %}', '2:5', '"endif" closes nothing', /^$/],
    ['{% else %}', '1:4', '"else" closes nothing', /^$/],
    ['{% do x %}', '1:4', 'there is no tag "do"', /set/],
    ['{% fro x in y %}', '1:4', 'there is no tag "fro"', /"for"/],
    ['{% zzzzzz %}', '1:4', 'there is no tag "zzzzzz"', /tags are raw/],
    ['{% %}', '1:4', 'expected the name of a tag, found "%}"', /^$/],
    ['{% if name = 1 %}{% endif %}', '1:12', 'expected %}, found "="', /==/],
    ['{% if %}{% endif %}', '1:7', 'a value is missing before %}', /^$/],
    ['{{ }}', '1:4', 'a value is missing before }}', /^$/],
    ['{{ name + }}', '1:11', 'a value is missing before }}', /^$/],
    ['{{ foo( }}', '1:9', 'a value is missing before }}', /^$/],
    ['{% for x of users %}{% endfor %}', '1:10', 'expected "in", found "of"', /for item in list/],
    ['{% for 5 in users %}{% endfor %}', '1:1', 'a loop needs a name for its items', /for item in list/],
    ['{% for a, 5 in users %}{% endfor %}', '1:11', 'the name of an item must be a name', /^$/],
    ['{% set a.b = 1 %}', '1:9', 'only a name can be set', /set name = value/],
    ['{% set a + 1 %}', '1:10', 'expected = or %}, found "+"', /set name = value/],
    ['{{ a b }}', '1:6', 'expected }}, found "b"', /^$/],
    ['{{ a && b }}', '1:6', 'unexpected "&&"', /and/],
    ['{{ a || b }}', '1:7', 'expected a name, found "|"', /or/],
    ['{{ a ? b : c }}', '1:6', 'unexpected "?"', /if condition else/],
    ['{{ a"b" }}', '1:4', 'unexpected "a"b""', /^$/],
    ['{{ 5x }}', '1:4', 'unexpected "5x"', /^$/],
    ['{{ [1, 2 }}', '1:10', 'expected a comma or a closing bracket, found "}}"', /^$/],
    ['{{ {a: {b: 1}} }}', '1:13', 'expected a comma or a closing bracket, found "}}"', /space/],
    ['{{ {a} }}', '1:6', 'expected ":" behind a key, found "}"', /^$/],
    ['{{ {[1]: 2} }}', '1:5', 'the key of a map must be a name or a text', /quotes/],
    ['{{ m(1 2) }}', '1:8', 'expected a comma or ")", found "2"', /^$/],
    ['{{ m([1]=2) }}', '1:6', 'an argument needs a name before =', /^$/],
    ['{{ | upper }}', '1:4', 'unexpected "|"', /^$/],
    ['{{ name | }}', '1:11', 'expected a name, found "}}"', /^$/],
    ['{{ a. }}', '1:7', 'a name must follow the dot', /name\[0\]/],
    ['{{ a[1,2] }}', '1:9', 'there must be one index between the brackets', /^$/],
    ['{{ a[] }}', '1:5', 'an index is missing', /^$/],
    ['{{ () }}', '1:4', 'there must be one value between the brackets', /^$/],
    ['{{ (1, 2) }}', '1:4', 'there must be one value between the brackets', /^$/],
    ['{% macro m %}{% endmacro %}', '1:12', 'expected "(", found "%}"', /macro name/],
    ['{% macro 5() %}{% endmacro %}', '1:1', 'a macro needs a name', /^$/],
    ['{% macro m([1]) %}{% endmacro %}', '1:12', 'an argument of a macro must be a name', /^$/],
    ['{% call name %}{% endcall %}', '1:1', 'this tag is not well-formed', /call name\(\)/],
    ['{% import "lib.njk" %}', '1:21', 'expected "as", found "%}"', /import "file" as name/],
    ['{% import "lib.njk" as 5 %}', '1:24', 'a name must follow "as"', /^$/],
    ['{% from "lib.njk" %}', '1:19', 'expected "import" and names, found "%}"', /from "file"/],
    ['{% from "lib.njk" import %}', '1:26', 'expected "import" and names, found "%}"', /from "file"/],
    ['{% from "lib.njk" import _a %}', '1:26', 'names that start with an underscore cannot be imported', /rename/],
    ['{% from "lib.njk" import a with b %}', '1:33', 'expected "context", found "b"', /^$/],
    ['{% block 5 %}{% endblock %}', '1:4', 'a block needs a name', /block name/],
    [
      '{% block a %}{% endblock %}\n{% block a %}{% endblock %}',
      '2:1',
      'the block "a" is written twice',
      /another name/,
    ],
    ['{% block a %}{% endblock b %}', '1:26', 'expected %}, found "b"', /^$/],
    ['{{ r/(/ }}', '1:4', 'this is no regular expression', /^$/],
    [`x\n{{ ${'('.repeat(20_000)} }}`, '2:1', 'this expression nests too deep', /^$/],
    [`x\n{{ 1${'+ 1'.repeat(30_000)} }}`, '2:1', 'this expression nests too deep', /^$/],
    ['{% include "open.njk" %}', 'open.njk:2:3', 'this "if" is not closed', /endif/],
  ])('%j', (...row) => {
    expectFailure('PRV_TEMPLATE_SYNTAX', row)
  })
})

describe('missing templates', () => {
  test.each<Row>([
    ['a\n  {% include "zzzzz" %}', '2:3', 'there is no template "zzzzz"', /looked up in .*, .*templates/],
    ['{% include "lib.nj" %}', '1:1', 'there is no template "lib.nj"', /"lib.njk"/],
    ['{% include "ngnix.njk" %}', '1:1', 'there is no template "ngnix.njk"', /"nginx.njk"/],
    ['{% include "folder/y.njk" %}', '1:1', 'there is no template "folder/y.njk"', /"folder\/x.njk"/],
    ['\n{% import "nope.njk" as x %}', '2:1', 'there is no template "nope.njk"', /./],
    ['{% from "nope.njk" import x %}', '1:1', 'there is no template "nope.njk"', /./],
    ['{% extends "nope.njk" %}', '1:1', 'there is no template "nope.njk"', /./],
    ['{% include "" %}', '1:1', 'there is no template ""', /./],
    ['{% include "folder" %}', '1:1', 'there is no template "folder"', /./],
    [`{% include "${'x'.repeat(5000)}" %}`, '1:1', `there is no template "${'x'.repeat(5000)}"`, /./],
    ['{% include "a\0b" %}', '1:1', 'there is no template "a\0b"', /./],
    ['{% include "../lib.njk" %}', '1:1', 'the name "../lib.njk" leads out of the folders of templates', /inside/],
    ['{% include "folder/../../x" %}', '1:1', 'the name "folder/../../x" leads out of the folders of templates', /./],
    ['{% include ".." %}', '1:1', 'the name ".." leads out of the folders of templates', /./],
    ['{% include "/etc/passwd" %}', '1:1', 'the name "/etc/passwd" leads out of the folders of templates', /./],
    [
      '{% include "/etc/passwd" ignore missing %}',
      '1:1',
      'the name "/etc/passwd" leads out of the folders of templates',
      /./,
    ],
  ])('%j', (...row) => {
    expectFailure('PRV_TEMPLATE_MISSING', row)
  })
})

describe('failures', () => {
  test.each<Row>([
    [
      'a\n{{ number | upper }}',
      '2:13',
      'the filter "upper" on a number failed: str.toUpperCase is not a function',
      /^$/,
    ],
    ['{{ name() }}', '1:4', '"name" is a text and cannot be called', /remove/],
    ['{{ tree.a() }}', '1:4', '"tree.a" is a number and cannot be called', /remove/],
    ['{{ range }}', '1:1', 'a function cannot be printed', /call it/],
    ['{{ range(1e9) }}', '1:4', 'range would give 1000000000 numbers, it gives 1000000 at most', /^$/],
    ['{{ range("a") }}', '1:4', 'range needs numbers', /^$/],
    ['{{ "x" | center(1e9) }}', '1:10', 'the filter "center" takes numbers up to 1000000', /^$/],
    ['{{ "x".repeat(1e8) }}', '1:4', 'the text is too long', /^$/],
    ['{{ "x".repeat(-1) }}', '1:4', 'the call failed: Invalid count value: -1', /^$/],
    [
      '{% set s = "xxxxxxxx" %}{% for i in range(40) %}{% set s = s ~ s %}{% endfor %}',
      '1:60',
      'the text is too long',
      /^$/,
    ],
    ['{% set l = [1] %}{% for i in range(40) %}{% set l = l + l %}{% endfor %}', '1:53', 'the list is too long', /^$/],
    [
      '{% set l = [1] %}{% for i in range(40) %}{% set l = [l, l] %}{% endfor %}{{ l }}',
      '1:74',
      'the value holds too many others',
      /^$/,
    ],
    ['{% for i in range(1e6) %}{{ "x".repeat(1000) }}{% endfor %}', '1:26', 'the output is too long', /^$/],
    [
      '{% for i in range(1e6) %}\n{% for j in range(1e6) %}{% endfor %}{% endfor %}',
      '2:1',
      'the template makes more than 2000000 rounds of loops',
      /^$/,
    ],
    [
      '{% set l = [1] %}{% for i in l %}{% set x = l.push(1) %}{% endfor %}',
      '1:18',
      'the template makes more than 2000000 rounds of loops',
      /^$/,
    ],
    ['{% include "self.njk" %}', 'self.njk:2:1', '"self.njk" uses itself without end', /condition/],
    ['{% include "one.njk" %}', 'one.njk:1:1', '"one.njk" uses itself without end', /condition/],
    ['{% import "me.njk" as me %}', 'me.njk:1:1', '"me.njk" uses itself without end', /condition/],
    ['{% macro r() %}\n{{ r() }}{% endmacro %}{{ r() }}', '2:4', 'the macro "r" uses itself without end', /condition/],
    ['{% include 5 %}', '1:1', 'the name of a template must be a text, found a number', /^$/],
    ['{% from "lib.njk" import m %}{{ m(1,2,3) }}', '1:33', 'the macro "m" takes 2 arguments, found 3', /^$/],
    ['{% from "lib.njk" import m %}{{ m(1,bb=3) }}', '1:33', 'the macro "m" has no argument "bb"', /"b"/],
    ['{% from "lib.njk" import m %}{{ m(1,a=3) }}', '1:33', '"a" of the macro "m" is given twice', /^$/],
    ['{% block a %}{{ super() }}{% endblock %}', '1:17', 'no other template has a block "a"', /super/],
    [
      '{% extends "blocks.njk" %}',
      'blocks.njk:1:27',
      'the filter "trim" on null failed: Cannot read properties of null (reading \'replace\')',
      /^$/,
    ],
    ['{{ users.push(1) }}', '1:10', '"push" would change a list that the template did not make', /concat/],
    ['{{ tree[users] }}', '1:9', 'a list cannot be a key', /^$/],
    ['{{ users - 1 }}', '1:4', '"-" needs numbers, found a list', /^$/],
    ['{{ "a" * 2 }}', '1:4', '"*" needs numbers, found a text', /^$/],
    ['{{ -name }}', '1:4', '"-" needs numbers, found a text', /^$/],
    ['{{ tree + 1 }}', '1:4', '"+" cannot add a map and a number', /^$/],
    ['{{ 1 in number }}', '1:4', '"in" needs a list, a text or a map, found a number', /^$/],
    ['{% for a, b in users %}{% endfor %}', '1:8', 'each item must be a list of 2 values, found a text', /^$/],
    ['{% for a, b in [[1]] %}{% endfor %}', '1:8', 'each item must be a list of 2 values, found a list of 1', /^$/],
    ['{% for a in number %}{% endfor %}', '1:13', 'cannot loop over a number', /^$/],
    ['{{ users | select("nope") | length }}', '1:12', 'there is no test "nope"', /^$/],
    ['{{ name | groupby("x") }}', '1:11', 'the filter "groupby" needs a list, found a text', /^$/],
    ['{{ users | groupby("x") }}', '1:12', 'the filter "groupby" finds no "x" in an item', /^$/],
  ])('%j', (...row) => {
    expectFailure('PRV_TEMPLATE_FAILED', row)
  })

  test('name the way to a template', () => {
    const deep = { 'a.njk': '\n{% include "b.njk" %}', 'b.njk': ' {% import "c.njk" as c %}', 'c.njk': '{{ nope }}' }
    const error = fixture.failure('{% include "a.njk" %}', { files: deep })
    expect(fixture.shown(error.place)).toBe('c.njk:1:4')
    expect(error.includedFrom.map((place) => fixture.shown(place))).toEqual(['b.njk:1:2', 'a.njk:2:1', '1:1'])
  })

  test('keep their cause', () => {
    expect(fixture.failure('{{ number | upper }}', { scope: { variables } }).cause).toBeInstanceOf(TypeError)
  })
})
