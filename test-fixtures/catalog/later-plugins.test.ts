import { defineMeta, definePlugin, defineState, type LaterPlugin, type Renderer, source, z } from '@prove/core'
import { afterAll, expect, it } from 'vitest'
import { catalogIn, removeCatalogs } from './catalog-in.js'

afterAll(removeCatalogs)

const noteOf = (name: string) =>
  defineState({
    name,
    about: 'A note.',
    args: { from: source('Its text.').optional() },
    reads: () => ({}),
    check: () => [],
    apply: () => [],
  })

const inBox = defineMeta({
  name: 'box.each',
  about: 'Notes of a box.',
  main: 'states',
  args: { states: z.record(z.string(), z.unknown()) },
  shape: ({ states }) => ({
    members: Object.keys(states).map((name) => ({ suffix: `/${name}`, path: ['states', name] })),
  }),
})

/** Plugins that can wait; `loads` grows with each that is loaded. */
const waiting = (loads: string[]): readonly LaterPlugin[] =>
  [
    definePlugin({ name: 'note', core: '*', states: [noteOf('note.present')] }),
    definePlugin({ name: 'memo', core: '*', states: [noteOf('memo.present')] }),
    definePlugin({ name: 'box', core: '*', metas: [inBox] }),
  ].map((plugin) => ({
    asked: plugin.name,
    brings: { functions: [`${plugin.name}.`] },
    load: () => {
      loads.push(plugin.name)
      return Promise.resolve(plugin)
    },
  }))

const files = (site: string) => ({ 'prove.config.yml': 'targets: { a: {} }\nstates: [site]', 'site.yml': site })

it('are loaded for what the states name, and others are not', async () => {
  const loads: string[] = []
  const { ids } = await catalogIn(files('hello: { note.present: {} }'), { later: waiting(loads) })
  expect(loads).toEqual([])
  expect(await ids('a')).toEqual(['site:hello'])
  expect(loads).toEqual(['note'])
})

it('are loaded for states that are written in those of others', async () => {
  const loads: string[] = []
  const site = 'all: { box.each: { states: { one: { memo.present: {} }, two: { file.absent: /tmp/x } } } }'
  const { ids } = await catalogIn(files(site), { later: waiting(loads) })
  expect(await ids('a')).toEqual(expect.arrayContaining(['site:all/one', 'site:all/two']))
  expect(loads).toEqual(['box', 'memo'])
})

it('are all known where something is wrong, which is told once', async () => {
  const loads: string[] = []
  const { states } = await catalogIn(files('hello: { node.present: {} }\nother: { memo.present: { to: 1 } }'), {
    later: waiting(loads),
  })
  await expect(states('a')).rejects.toMatchObject({
    errors: [
      { code: 'PRV_FUNCTION_UNKNOWN', hint: 'did you mean "note.present"?' },
      { code: 'PRV_ARGUMENT_UNKNOWN', message: 'memo.present has no argument "to"' },
    ],
  })
  expect(loads.toSorted()).toEqual(['box', 'memo', 'note'])
})

it('a renderer is prepared once, when a source needs it', async () => {
  let prepared = 0
  const upper: Renderer = {
    name: 'upper',
    extension: '.up',
    prepare: () => {
      prepared += 1
      return Promise.resolve()
    },
    render: (_file, text) => (prepared > 0 ? text.toUpperCase() : expect.fail()),
  }
  const plugins = [definePlugin({ name: 'upper', core: '*', states: [noteOf('note.present')], renderers: [upper] })]
  const site = 'plain: { note.present: { from: prove://plain.txt } }'
  const more = { 'files/plain.txt': 'plain', 'templates/greeting.up': 'hello' }
  const plain = await catalogIn({ ...files(site), ...more }, { plugins })
  await plain.states('a')
  expect(prepared).toBe(0)
  const rendered = await catalogIn(
    { ...files(`${site}\nhello: { note.present: { from: prove://greeting.up } }`), ...more },
    { plugins },
  )
  expect(await rendered.ids('a')).toEqual(['site:plain', 'site:hello'])
  await rendered.states('a')
  expect(prepared).toBe(1)
})
