import type { Loaded, Loader, ProveError } from '@prove/core'
import { loadContext } from '@prove/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import plugin, { nunjucksLoader, nunjucksRenderer } from './index.js'
import { Fixture, textLoader } from './testing/fixture.js'

const fixture = new Fixture()
afterAll(() => fixture.remove())

const variables = { name: 'a' }

test('the plugin registers both', () => {
  expect(plugin).toMatchObject({ name: 'loader-nunjucks', core: '^0.1.0' })
  expect(nunjucksLoader).toMatchObject({ name: 'nunjucks', extensions: ['.yml', '.yaml'], over: 'yaml' })
  expect(nunjucksRenderer).toMatchObject({ name: 'nunjucks', extension: '.njk' })
})

describe('the loader', () => {
  test.each<[string, boolean]>([
    ['a: 1', true],
    ['a: {b: 1}}', true],
    ['a: "%}"', true],
    ['a: #}', true],
    ['{{ a }}', false],
    ['{% a %}', false],
    ['{# a #}', false],
  ])('%j is static: %s', (text, isStatic) => {
    expect(nunjucksLoader.isStatic(text)).toBe(isStatic)
  })

  test('leaves a static text to the loader for YAML', async () => {
    const loaded: Loaded = { data: 1, placeOf: () => expect.fail(), placeOfKey: () => expect.fail() }
    const inner: Loader = { ...textLoader, load: () => loaded }
    expect(await nunjucksLoader.load('/x.yml', 'a: 1', loadContext({}, { loaders: [inner] }))).toBe(loaded)
  })

  test('says when there is no loader for YAML', async () => {
    await expect(nunjucksLoader.load('/x.yml', 'a: {{ 1 }}', loadContext())).rejects.toThrow(
      expect.objectContaining<Partial<ProveError>>({ code: 'PRV_LOADER_UNKNOWN' }),
    )
  })

  test('gives the same object for the same text from the same places', () => {
    const load = (text: string, name: string): Loaded => fixture.load(text, { scope: { variables: { name } } })
    const first = load('a: {{ name }}', 'x')
    expect(load('a: {{ name }}', 'x')).toBe(first)
    expect(load('a: {{ name }}', 'y')).not.toBe(first)
    expect(load('a: {{ name }}', 'x')).toBe(first)
    expect(load('a: {{  name }}', 'x')).not.toBe(first)
  })

  test('tells apart equal texts from other places', () => {
    const text = '{% if name == "a" %}\nx\n{% else %}\nx\n{% endif %}'
    const places = ['a', 'b', 'a'].map((name) =>
      fixture.shown(fixture.load(text, { scope: { variables: { name } } }).placeOf(['x'])),
    )
    expect(places).toEqual(['2:1', '4:1', '2:1'])
  })

  test('forgets what many others came after', () => {
    const load = (name: number): Loaded => fixture.load('b: {{ name }}', { scope: { variables: { name } } })
    const first = load(0)
    for (let name = 1; name <= 7; name++) load(name)
    expect(load(0)).toBe(first)
    load(8)
    expect(load(0)).not.toBe(first)
  })

  test('shares what is loaded in the end by a loader that takes its time', async () => {
    const slow: Loader = { ...textLoader, load: async (...args) => Promise.resolve(textLoader.load(...args)) }
    const context = loadContext({ variables }, { loaders: [slow] })
    const first = await nunjucksLoader.load('/x.yml', '{{ name }}', context)
    expect(await nunjucksLoader.load('/x.yml', '{{ name }}', context)).toBe(first)
    expect(first.data).toBe('a')
  })

  test('sees a template that was changed', () => {
    const load = (part: string): unknown =>
      fixture.load('{% include "part.njk" %}', { files: { 'part.njk': part } }).data
    expect([load('one'), load('two'), load('one')]).toEqual(['one', 'two', 'one'])
  })

  test('does not keep an error', () => {
    expect(() => fixture.load('BROKEN {{ 1 }}')).toThrow('broken')
    expect(() => fixture.load('BROKEN {{ 1 }}')).toThrow('broken')
  })
})

describe('the renderer', () => {
  test('leaves no marks, and keeps what looks like some', () => {
    expect(fixture.render('\uE000{{ name }}\uE001\u{F0000}\uFEFF\n', { scope: { variables } })).toBe(
      '\uE000a\uE001\u{F0000}\uFEFF\n',
    )
    expect(fixture.render('\uFEFFx')).toBe('x')
  })

  test('renders a text without tags as it is', () => {
    expect(fixture.render('a\r\n\tb #} %} }}\n')).toBe('a\r\n\tb #} %} }}\n')
    expect(fixture.render('')).toBe('')
  })
})
