import { afterAll, describe, expect, test } from 'vitest'
import { Fixture } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const data = (): Record<string, unknown> => ({ list: [1, 2], tree: { a: { b: 1 } }, text: 'x', number: 1 })

describe('no template reaches', () => {
  const values = [
    'list',
    'tree',
    'text',
    'number',
    'range',
    'true',
    'r/x/',
    '[]',
    '{}',
    'cycler()',
    'variables',
    'target',
    'joiner',
    'loop',
    'caller',
    'm',
    'lib',
    'facts',
    'with',
  ]
  const names = [
    'constructor',
    '__proto__',
    'prototype',
    '__defineGetter__',
    '__lookupGetter__',
    'hasOwnProperty',
    'bind',
    'call',
    'apply',
  ]

  test.each(values)('a prototype or constructor of %s', (value) => {
    const around = (inner: string): string =>
      `{% macro m() %}{% endmacro %}{% import "lib.njk" as lib %}{% macro w() %}{% for i in [1] %}${inner}{% endfor %}{% endmacro %}{% call w() %}{% endcall %}`
    for (const name of names) {
      for (const member of [`.${name}`, `["${name}"]`, `["${name.slice(0, 3)}" ~ "${name.slice(3)}"]`]) {
        const text = around(`{{ ${value}${member} is defined }}`)
        expect(
          fixture.render(text, { files: { 'lib.njk': '{% macro x() %}{% endmacro %}' }, scope: { variables: data() } }),
        ).toBe('false')
      }
    }
  })

  test.each([
    '{{ range.constructor("return process")() }}',
    '{{ "".sub.constructor("return process")() }}',
    '{{ [].map.constructor("return process")() }}',
    '{{ tree["__proto__"]["polluted"] }}',
    '{{ list["con" ~ "structor"] }}',
    '{% for k, v in range %}{{ v }}{% endfor %}',
    '{{ ([1] | groupby("constructor")) }}',
    '{{ list.toString.call(1) }}',
  ])('the process by %s', (template) => {
    expect(fixture.failure(template, { scope: { variables: data() } }).code).toMatch(/^PRV_TEMPLATE_/)
  })

  test('a method of an object by a test or filter named after it', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(fixture.failure(`{{ 1 | ${name} }}`).code).toBe('PRV_TEMPLATE_UNDEFINED')
      expect(fixture.failure(`{{ 1 is ${name} }}`).code).toBe('PRV_TEMPLATE_UNDEFINED')
      expect(fixture.failure(`{{ [1] | select("${name}") }}`).code).toBe('PRV_TEMPLATE_FAILED')
      expect(fixture.render(`{{ "${name}" in {} }}{{ ${name} is defined }}`)).toBe('falsefalse')
    }
  })
})

describe('no template changes', () => {
  test.each([
    '{% set list = 1 %}{% set tree = 2 %}{% set variables = 3 %}{% set target = 4 %}',
    '{% for list in [1] %}{% set tree = list %}{% endfor %}',
    '{% set x = list | sort(reverse=true) %}{% set y = list | reverse %}{% set z = list | list %}',
    '{% set x = list.concat(3) %}{% set ignored = x.push(1) %}{% set y = x.pop() %}',
    '{% set x = list + list %}{% set ignored = x.splice(0, 4) %}',
    '{% set __proto__ = {polluted: 1} %}{% set constructor = 1 %}',
    '{{ {"__proto__": {"polluted": 1} } | length }}{% macro __proto__(polluted=1) %}{% endmacro %}{{ __proto__() }}',
    '{{ [{k: "__proto__"}] | groupby("k") | length }}',
  ])('its variables or prototypes by %s', (template) => {
    const variables = data()
    fixture.render(template, { scope: { variables } })
    expect(variables).toEqual(data())
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test.each(['push(1)', 'pop()', 'shift()', 'unshift(1)', 'splice(0, 1)', 'sort()', 'reverse()', 'fill(0)'])(
    'a list of the variables by %s',
    (call) => {
      const variables = data()
      expect(fixture.failure(`{{ list.${call} }}`, { scope: { variables } }).code).toBe('PRV_TEMPLATE_FAILED')
      expect(fixture.failure(`{% set alias = list %}{{ alias.${call} }}`, { scope: { variables } }).code).toBe(
        'PRV_TEMPLATE_FAILED',
      )
      expect(variables).toEqual(data())
    },
  )

  test('what the next rendering sees', () => {
    const template =
      '{{ x | default("new") }}{% set x = 1 %}{% set p = r/a/g %}{{ p.test("aa") }}{% set c = cycler(1, 2) %}{{ c.next() }}'
    expect([1, 2, 3].map(() => fixture.render(template))).toEqual(['newtrue1', 'newtrue1', 'newtrue1'])
  })

  test('what the next rendering sees, even when it failed in the middle', () => {
    const template = '{% for i in [1] %}{% set y = 2 %}{{ y }}{{ bad.x }}{% endfor %}'
    expect(fixture.failure(template).message).toBe('"bad" is not defined')
    expect(fixture.render(template, { scope: { variables: { bad: { x: 3 } } } })).toBe('23')
  })
})
