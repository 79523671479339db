import { afterAll, describe, expect, it } from 'vitest'
import { contributionsOf, Errors, mergeVariables, viewFacts } from '@prove/catalog'
import { catalogIn, type OpenedCatalog, removeCatalogs } from './catalog-in.js'

afterAll(removeCatalogs)

const files = {
  'prove.config.yml': [
    'targets:',
    '  web1: { executor: local, roles: [nginx], variables: { e: target, deep: { e: target } } }',
    '  web2: { executor: local }',
    'groups:',
    '  all: { targets: "*" }',
    '  web: { targets: "web*", variables: { c: group web, d: group web, e: group web } }',
    '',
  ].join('\n'),
  'components/app/variables.yml': 'a: component\nb: component\ndeep: { a: component, e: component }\n',
  'components/app/states/main.yml': '{}\n',
  'variables/all.yml': 'b: global\nc: global\nlist: [1, 2]\ndeep: { b: global }\n',
  'variables/groups/all.yml': 'c: group all\n',
  'roles/nginx.yml': 'variables: { d: role, e: role, list: [3] }\n',
}

const layersOf = async ({ catalog, target }: OpenedCatalog, name: string, component?: string) => {
  const errors = new Errors()
  const own = catalog.variablesOf(target(name), viewFacts(new Set(), {}).facts, errors)
  const layers = await own.layersOf(component === undefined ? undefined : catalog.components.get(component))
  errors.throwIfAny()
  return layers
}

const variablesOf = async (opened: OpenedCatalog, name: string, component?: string) =>
  mergeVariables((await layersOf(opened, name, component)).map(({ data }) => data))

describe('variables', () => {
  it('have five layers, of which the later win; maps merge deeply, lists are replaced', async () => {
    const opened = await catalogIn(files)
    expect(await variablesOf(opened, 'web1', 'app')).toEqual({
      a: 'component',
      b: 'global',
      c: 'group web',
      d: 'role',
      e: 'target',
      list: [3],
      deep: { a: 'component', b: 'global', e: 'target' },
    })
    expect(await variablesOf(opened, 'web2')).toEqual({
      b: 'global',
      c: 'group web',
      d: 'group web',
      e: 'group web',
      list: [1, 2],
      deep: { b: 'global' },
    })
  })

  it('of the command line are stronger than all', async () => {
    const opened = await catalogIn(files, { variables: { e: 'typed', deep: { b: 'typed' } } })
    expect(await variablesOf(opened, 'web1')).toMatchObject({ e: 'typed', deep: { b: 'typed', e: 'target' } })
  })

  it('know every contributor with its line', async () => {
    const opened = await catalogIn(files)
    const all = contributionsOf(await layersOf(opened, 'web1')).filter(({ path }) => path.join('.') === 'c')
    expect(
      all.map(({ kind, name, value, place }) => [
        kind,
        name,
        value,
        place.file.slice(opened.folder.length + 1),
        place.line,
      ]),
    ).toEqual([
      ['global', '', 'global', 'variables/all.yml', 2],
      ['group', 'all', 'group all', 'variables/groups/all.yml', 1],
      ['group', 'web', 'group web', 'prove.config.yml', 6],
    ])
  })

  it('cannot reach the prototype of anything', () => {
    const evil = JSON.parse(
      '{ "a": { "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } } }',
    ) as Record<string, unknown>
    const merged = mergeVariables([
      { a: { b: 1 } },
      evil,
      JSON.parse('{ "a": { "__proto__": { "more": 1 } } }') as typeof evil,
    ])
    expect(Object.keys(merged['a'] as object)).toEqual(['b', '__proto__', 'constructor'])
    const plain = {} as Record<string, unknown>
    expect([plain['polluted'], plain['more']]).toEqual([undefined, undefined])
  })
})
