import { afterAll, describe, expect, it } from 'vitest'
import { chooseTargets } from '@prove/catalog'
import { catalogIn, removeCatalogs } from './catalog-in.js'

afterAll(removeCatalogs)

const namesOf = (items: Iterable<{ readonly name: string }>): readonly string[] => [...items].map(({ name }) => name)

describe('targets', () => {
  it('are a map or a list, and come from files and commands', async () => {
    const { catalog } = await catalogIn({
      'prove.config.yml': [
        'targets:',
        '  - { name: web1, host: 10.0.0.1 }',
        '  - { name: local }',
        'inventories:',
        '  - more.yml',
        '  - { command: [cat, hosts.yml], format: yaml }',
        '',
      ].join('\n'),
      'more.yml': 'targets: { web2: { executor: local, groups: [web] } }\n',
      'hosts.yml': 'targets: { db1: {} }\ngroups: { web: { variables: { a: 1 } } }\n',
    })
    const targets = [...catalog.roster.targets.values()]
    expect(targets.map(({ name, host, executor }) => [name, host, executor])).toEqual([
      ['web2', 'web2', 'local'],
      ['db1', 'db1', 'ssh'],
      ['web1', '10.0.0.1', 'ssh'],
      ['local', 'local', 'local'],
    ])
    expect(namesOf(targets[0]?.groups ?? [])).toEqual(['web'])
  })

  it('belong to groups by glob, regex and list', async () => {
    const { target } = await catalogIn({
      'prove.config.yml': [
        'targets: { web1: { executor: local }, web2: { executor: local }, db1: { executor: local, groups: [extra] } }',
        'groups:',
        '  globbed: { targets: "web*" }',
        '  matched: { targets: "/[12]$/ and not web2" }',
        '  listed: { targets: [db1, web2] }',
        '  empty: { targets: "nginx*" }',
        '  extra: {}',
        '',
      ].join('\n'),
    })
    expect(namesOf(target('web1').groups)).toEqual(['globbed', 'matched'])
    expect(namesOf(target('web2').groups)).toEqual(['globbed', 'listed'])
    expect(namesOf(target('db1').groups)).toEqual(['matched', 'listed', 'extra'])
  })

  it('are chosen by name, group, role and fact', async () => {
    const { catalog } = await catalogIn({
      'prove.config.yml': [
        'targets: { web1: { executor: local, roles: [nginx] }, web2: { executor: local }, db1: { executor: local } }',
        'groups: { web: { targets: "web*" } }',
        '',
      ].join('\n'),
      'roles/nginx.yml': 'states: []\n',
    })
    const facts = { web1: { os: 'debian' }, web2: { os: 'alpine' } } as Record<string, Record<string, unknown>>
    const chosen = (expression?: string) =>
      namesOf(chooseTargets(catalog.roster, expression, catalog.factNames, ({ name }) => facts[name]))
    expect(chosen()).toEqual(['web1', 'web2', 'db1'])
    expect(chosen('db1,web1')).toEqual(['web1', 'db1'])
    expect(chosen('group:web and not role:nginx')).toEqual(['web2'])
    expect(chosen('group:web and fact:os=debian')).toEqual(['web1'])
  })

  it('get states from the configuration, their groups, their roles and themselves', async () => {
    const { ids } = await catalogIn({
      'prove.config.yml': [
        'states: [base]',
        'targets: { web1: { executor: local, roles: [nginx], states: [own] }, db1: { executor: local } }',
        'groups: { web: { targets: "web*", states: [web], roles: [tls] } }',
        '',
      ].join('\n'),
      'roles/nginx.yml': 'states: [nginx]\n',
      'roles/tls.yml': 'states: [{ component: cert, as: tls }]\n',
      ...Object.fromEntries(
        ['base', 'own', 'web', 'nginx'].map((name) => [`states/${name}.yml`, `x:\n  file.directory: /${name}\n`]),
      ),
      'components/cert/states/main.yml': 'x:\n  file.directory: /cert\n',
    })
    expect(await ids('web1')).toEqual(['base:x', 'web:x', 'tls/main:x', 'nginx:x', 'own:x'])
    expect(await ids('db1')).toEqual(['base:x'])
  })
})

describe('components and sources', () => {
  it('come from folders and npm packages; a source is looked for in the component first', async () => {
    const { states, catalog } = await catalogIn({
      'prove.config.yml': [
        'components: ["@acme/prove-nginx"]',
        'states: [{ component: nginx }, { component: vhost }]',
        'targets: { web1: { executor: local } }',
        '',
      ].join('\n'),
      'node_modules/@acme/prove-nginx/package.json': '{ "name": "@acme/prove-nginx", "exports": {} }',
      'node_modules/@acme/prove-nginx/component.yml': 'name: nginx\nentry: install\n',
      'node_modules/@acme/prove-nginx/states/install.yml':
        'a:\n  file.managed: { path: /a, source: "prove://conf" }\nb:\n  file.managed: { path: /b, source: "prove://shared" }\n',
      'node_modules/@acme/prove-nginx/files/conf': 'of nginx',
      'components/vhost/states/main.yml': 'c:\n  file.managed: { path: /c, source: "prove://conf" }\n',
      'files/conf': 'of the catalog, and longer',
      'files/shared': 'shared',
    })
    const sizes = (await states('web1')).map(({ id, parts }) => [
      id,
      parts.map(({ args }) => (args['source'] as { readonly size: number }).size),
    ])
    expect(sizes).toEqual([
      ['nginx/install:a', ['of nginx'.length]],
      ['nginx/install:b', ['shared'.length]],
      ['vhost/main:c', ['of the catalog, and longer'.length]],
    ])
    expect([...catalog.components.keys()]).toEqual(['nginx', 'vhost'])
  })
})
