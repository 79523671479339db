import { FactsNeeded, ProveError, ProveErrors } from '@prove/core'
import { afterAll, describe, expect, test } from 'vitest'
import { Fixture, type Files } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = { domain: 'd', nginx: { port: 80 }, users: ['a'], nothing: null, tree: { a: { b: 1 } } }

const files: Files = {
  'lib.njk':
    '{% macro m(first, second="x") %}{{ first }}{% endmacro %}\n{% macro bad() %}\n  {{ doman }}\n{% endmacro %}',
  'bad.njk': 'x\n\n {{ doman }}',
  'base.njk': '{% block a %}{% endblock %}\n{{ nope }}',
}

describe('what is not defined', () => {
  test.each<[string, string, string, RegExp]>([
    ['a\n  {{ domian }}', '2:6', '"domian" is not defined', /^did you mean "domain"\?$/],
    ['{{ zzzzzz }}', '1:4', '"zzzzzz" is not defined', /variables.*zzzzzz \| default/],
    ['{% if nope %}{% endif %}', '1:7', '"nope" is not defined', /./],
    ['{% if on %}{% elif nope %}{% endif %}', '1:7', '"on" is not defined', /./],
    ['{% if false %}{% elif nope %}{% endif %}', '1:23', '"nope" is not defined', /./],
    ['{% for x in nope %}{% endfor %}', '1:13', '"nope" is not defined', /./],
    ['{% set a = nope %}', '1:12', '"nope" is not defined', /./],
    ['{% set a %}\n{{ nope }}\n{% endset %}', '2:4', '"nope" is not defined', /./],
    ['{{ domain | replace(nope, 1) }}', '1:21', '"nope" is not defined', /./],
    ['{{ nope | upper }}', '1:4', '"nope" is not defined', /./],
    ['{{ range(nope) }}', '1:10', '"nope" is not defined', /./],
    ['{{ nope == 1 }}', '1:4', '"nope" is not defined', /./],
    ['{{ 1 < nope }}', '1:8', '"nope" is not defined', /./],
    ['{{ nope and 1 }}', '1:4', '"nope" is not defined', /./],
    ['{{ domain or nope }}{{ 0 or nope }}', '1:29', '"nope" is not defined', /./],
    ['{{ not nope }}', '1:8', '"nope" is not defined', /./],
    ['{{ -nope }}', '1:5', '"nope" is not defined', /./],
    ['{{ nope ~ 1 }}', '1:4', '"nope" is not defined', /./],
    ['{{ 1 + nope }}', '1:8', '"nope" is not defined', /./],
    ['{{ [nope] }}', '1:5', '"nope" is not defined', /./],
    ['{{ {a: nope} }}', '1:8', '"nope" is not defined', /./],
    ['{{ nope in users }}', '1:4', '"nope" is not defined', /./],
    ['{{ 1 in nope }}', '1:9', '"nope" is not defined', /./],
    ['{{ 1 if nope }}', '1:9', '"nope" is not defined', /./],
    ['{{ nope is string }}', '1:4', '"nope" is not defined', /./],
    ['{{ nope is none }}', '1:4', '"nope" is not defined', /./],
    ['{{ 1 is equalto(nope) }}', '1:17', '"nope" is not defined', /./],
    ['{% switch nope %}{% case 1 %}{% endswitch %}', '1:11', '"nope" is not defined', /./],
    ['{% include nope %}', '1:12', '"nope" is not defined', /./],
    ['{{ nginx.prot }}', '1:10', '"nginx" has no "prot"', /^did you mean "port"\?$/],
    ["{{ nginx['prot'] }}", '1:10', '"nginx" has no "prot"', /port/],
    ['{{ nginx[nope] }}', '1:10', '"nope" is not defined', /./],
    ['{{ tree.x.c }}', '1:9', '"tree" has no "x"', /"a"/],
    ['{{ tree.a.x.c }}', '1:11', '"tree.a" has no "x"', /"b"/],
    ['{{ tree.a.b.c }}', '1:13', '"tree.a.b" has no "c"', /^$/],
    ['{{ users[7] }}', '1:10', '"users" has no item 7', /it has 1 item/],
    ['{{ users[0].x }}', '1:13', '"users[0]" has no "x"', /^$/],
    ['{{ users.lenght }}', '1:10', '"users" has no "lenght"', /"length"/],
    ['{{ nothing.x }}', '1:12', '"nothing" is null and has no "x"', /^$/],
    ['{{ target.nmae }}', '1:11', '"target" has no "nmae"', /"name"/],
    ['{{ variables.domian }}', '1:14', '"variables" has no "domian"', /"domain"/],
    ['{{ with.port }}', '1:9', '"with" has no "port"', /^$/],
    ['{{ facts.os }}', '1:10', '"facts" has no "os"', /^$/],
    ['{{ nope() }}', '1:4', '"nope" is not defined', /./],
    ['{{ domain.uper() }}', '1:11', '"domain" has no "uper"', /^$/],
    ['{{ domain | uper }}', '1:13', 'there is no filter "uper"', /"upper"/],
    ['{% if false %}{{ 1 | uper }}{% endif %}', '1:22', 'there is no filter "uper"', /"upper"/],
    ['{% filter uper %}{% endfilter %}', '1:11', 'there is no filter "uper"', /"upper"/],
    ['{{ domain is strng }}', '1:14', 'there is no test "strng"', /"string"/],
    ['{{ domain is not strng(1) }}', '1:18', 'there is no test "strng"', /"string"/],
    ['{{ True }}', '1:4', '"True" is not defined', /write true/],
    ['{{ loop.index }}', '1:4', '"loop" is not defined', /for/],
    ['{{ super() }}', '1:4', '"super" is not defined', /block/],
    ['{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}', '1:19', '"caller" is not defined', /call/],
    [
      '{% from "lib.njk" import m %}\n{{ m() }}',
      '2:4',
      '"first" is not defined: the macro "m" needs it',
      /m\(first, second\)/,
    ],
    ['{% from "lib.njk" import m %}\n{{ m(second=1) }}', '2:4', '"first" is not defined: the macro "m" needs it', /./],
    ['{% from "lib.njk" import frist, m %}', '1:26', '"lib.njk" has no "frist"', /./],
    ['{% import "lib.njk" as lib %}{{ lib.mm() }}', '1:37', '"lib" has no "mm"', /"m"/],
    ['{% import "lib.njk" as lib %}{{ lib.bad() }}', 'lib.njk:3:6', '"doman" is not defined', /"domain"/],
    ['{% macro m(a) %}\n{{ a | default(1) }}{{ a }}{% endmacro %}{{ m() }}', '2:24', '"a" is not defined', /./],
    ['{% for u in users %}\n{{ uu }}\n{% endfor %}', '2:4', '"uu" is not defined', /"u"/],
    ['{% for u in users %}{% endfor %}{{ u }}', '1:36', '"u" is not defined', /./],
    ['{{ [] | first }}', '1:9', 'the filter "first" finds nothing in a list', /default/],
    ['{{ "x" | int }}', '1:10', 'the filter "int" finds nothing in a text', /default/],
    ['{{ domain | default(nope) ~ nope }}', '1:29', '"nope" is not defined', /./],
    ['{{ nope | default(nope2) }}', '1:19', '"nope2" is not defined', /./],
    ['{{ nope() | default(1) }}', '1:4', '"nope" is not defined', /./],
    ['{{ nginx[nope] | default(1) }}', '1:10', '"nope" is not defined', /./],
    ['a\n{% include "bad.njk" %}', 'bad.njk:3:5', '"doman" is not defined', /"domain"/],
    ['{% extends "base.njk" %}', 'base.njk:2:4', '"nope" is not defined', /./],
  ])('%j at %s', (template, place, message, hint) => {
    const error = fixture.failure(template, { files, scope: { variables } })
    expect(error).toMatchObject({ code: 'PRV_TEMPLATE_UNDEFINED', message })
    expect(fixture.shown(error.place)).toBe(place)
    expect(error.hint ?? '').toMatch(hint)
  })

  test.each<[string, string]>([
    ['{{ x is defined }} {{ x is undefined }} {{ x is not defined }} {{ not x is defined }}', 'false true true true'],
    ['{{ domain is defined }} {{ nothing is defined }} {{ (x) is defined }}', 'true true false'],
    [
      '{{ x.y.z is defined }} {{ tree.x.y is defined }} {{ tree.a.b is defined }} {{ tree["x"] is undefined }}',
      'false false true true',
    ],
    ['{{ x | default("d") }} {{ x | d(1) }} {{ domain | default("e") }} [{{ x | default }}]', 'd 1 d []'],
    ['{{ x.y.z | default("d") }} {{ tree.a.x | default(1) }} {{ users[3] | default("none") }}', 'd 1 none'],
    ['{{ x | default(y) | default("z") }} {{ x | default(y.z, true) | d(2) }}', 'z 2'],
    ['{{ "" | default("d") }}[{{ "" | default("d", true) }}]{{ "" | default("d", boolean=true) }}', '[d]d'],
    ['[{{ nothing | default("d") }}]{{ nothing | default("d", true) }}', '[]d'],
    ['{{ domain | default(nope) }}', 'd'],
    ['{{ [] | first | default("none") }} {{ "x" | int | default(3) }}', 'none 3'],
    ['{{ (x if true else 1) | default("d") }}', 'd'],
    ['{% if x is defined and x %}a{% endif %}{% if x is undefined or x %}b{% endif %}', 'b'],
    ['{% if facts.os is defined %}a{% endif %}{{ facts.os | default("none") }}', 'none'],
    ['{% set x = none %}{{ x is defined }}', 'true'],
    ['{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}', 'falsetrue'],
    ['{% for a in users %}{{ loop.previous is defined }}{% endfor %}', 'false'],
  ])('%s gives %s', (template, text) => {
    expect(fixture.render(template, { files, scope: { variables } })).toBe(text)
  })
})

describe('facts', () => {
  const throwing = (error: Error): Record<string, unknown> =>
    new Proxy<Record<string, unknown>>(
      {},
      {
        get: () => {
          throw error
        },
        ownKeys: () => {
          throw new Error('the facts were counted')
        },
      },
    )

  test.each([
    '{{ facts.os }}',
    '{{ facts["os"] }}',
    '{{ facts.os is defined }}',
    '{{ facts.os.x | default(1) }}',
    '{% if facts.os %}{% endif %}',
  ])('that are needed pass: %s', (template) => {
    const needed = new FactsNeeded(['os'])
    expect(() => fixture.render(`a\n${template}`, { scope: { facts: throwing(needed) } })).toThrow(needed)
  })

  test('that nobody knows get the place', () => {
    const unknown = new ProveError('PRV_FACT_UNKNOWN', 'there is no fact "oss"', { hint: 'did you mean "os"?' })
    const error = fixture.failure('a\n{{ facts.oss }}', { scope: { facts: throwing(unknown) } })
    expect(error).toMatchObject({ code: 'PRV_FACT_UNKNOWN', message: unknown.message, hint: unknown.hint })
    expect(fixture.shown(error.place)).toBe('2:10')
  })

  test('with a place keep it, and several errors stay together', () => {
    const placed = new ProveError('PRV_FACT_UNKNOWN', 'x', { place: { file: '/y', line: 1, column: 1 } })
    expect(() => fixture.render('{{ facts.oss }}', { scope: { facts: throwing(placed) } })).toThrow(placed)
    const several = new ProveErrors([placed])
    expect(() => fixture.render('{{ facts.oss }}', { scope: { facts: throwing(several) } })).toThrow(several)
  })

  test('are not counted for hints', () => {
    const facts = new Proxy({}, { get: () => undefined, ownKeys: () => expect.fail('counted') })
    expect(fixture.failure('{{ facts.os }}', { scope: { facts } }).message).toBe('"facts" has no "os"')
    expect(fixture.failure('{{ factss }}', { scope: { facts } }).hint).toBe('did you mean "facts"?')
  })

  test('can be asked for by name', () => {
    const facts = new Proxy({ os: 'debian' }, { has: (_target, name) => name === 'os' })
    expect(fixture.render('{{ facts.os }} {{ "os" in facts }} {{ "x" in facts }}', { scope: { facts } })).toBe(
      'debian true false',
    )
  })

  test('do not hide behind the names of every object', () => {
    const facts = new Proxy<Record<string, unknown>>({}, { get: (target, name) => Reflect.get(target, name) })
    expect(fixture.failure('{{ facts.constructor }}', { scope: { facts } }).code).toBe('PRV_TEMPLATE_UNDEFINED')
  })
})

test('names are those of the variables, and four more', () => {
  const scope = { variables: { range: 1, cycler: { x: 2 } }, with: { port: 3 } }
  expect(fixture.render('{{ range }}{{ cycler.x }}{{ with.port }}{{ target.host }}', { scope })).toBe('123web1')
})
