import { afterAll, describe, expect, it } from 'vitest'
import { knownErrors } from '@prove/core'
import { catalogIn, removeCatalogs } from './catalog-in.js'

afterAll(removeCatalogs)

const dir = (name: string, more = ''): string => `${name}:\n  file.directory: /${name}\n${more}`
const config = 'targets: { web1: { executor: local } }\n'

describe('ids', () => {
  it('begin with the path below states/, or the name of a file elsewhere', async () => {
    const { ids } = await catalogIn({
      'prove.config.yml': `${config}states: [web/nginx, ./top]\n`,
      'states/web/nginx.yml': dir('conf'),
      'top.yml': dir('all'),
    })
    expect(await ids('web1')).toEqual(['web/nginx:conf', 'top:all'])
  })

  it('of components begin with the component, or the name of the instance', async () => {
    const { ids } = await catalogIn({
      'prove.config.yml': `${config}states:\n  - component: vhost\n  - { component: vhost, as: blog, with: { a: 1 } }\n  - { component: vhost, as: shop, file: tls }\n`,
      'components/vhost/states/main.yml': dir('conf'),
      'components/vhost/states/tls.yml': dir('key'),
    })
    expect(await ids('web1')).toEqual(['vhost/main:conf', 'blog/main:conf', 'shop/tls:key'])
  })

  it('of instances inside instances stand below each other, those without a name are shared', async () => {
    const { ids } = await catalogIn({
      'prove.config.yml': `${config}states:\n  - { component: app, as: blog }\n  - { component: app, as: shop }\n`,
      'components/app/states/main.yml': `include:\n  - { component: cert, as: tls }\n  - component: nginx\n${dir('app')}`,
      'components/cert/states/main.yml': dir('key'),
      'components/nginx/states/main.yml': dir('nginx'),
    })
    expect(await ids('web1')).toEqual([
      'blog/tls/main:key',
      'nginx/main:nginx',
      'blog/main:app',
      'shop/tls/main:key',
      'shop/main:app',
    ])
  })

  it('of files that are included again are there once', async () => {
    const { ids } = await catalogIn({
      'prove.config.yml': `${config}states: [a, b, base]\n`,
      'states/a.yml': `include: base\n${dir('a')}`,
      'states/b.yml': `include: [base, a]\n${dir('b')}`,
      'states/base.yml': `include: a\n${dir('base')}`,
    })
    expect(await ids('web1')).toEqual(['base:base', 'a:a', 'b:b'])
  })
})

describe('a name means the nearest:', () => {
  const requiresOf = async (files: Record<string, string>, id: string): Promise<readonly string[] | undefined> => {
    const { states } = await catalogIn({ 'prove.config.yml': `${config}states: [site]\n`, ...files })
    return (await states('web1')).find((state) => state.id === id)?.requires
  }

  it.each<[title: string, files: Record<string, string>, id: string, requires: readonly string[]]>([
    [
      'the state of the same file',
      {
        'states/site.yml': `include: other\n${dir('base')}${dir('web', '  requires: base\n')}`,
        'states/other.yml': dir('base'),
      },
      'site:web',
      ['site:base'],
    ],
    [
      'then of the same instance',
      {
        'states/site.yml': `include: [other, { component: app, as: blog }]\n{}\n`.replace('{}\n', ''),
        'states/other.yml': dir('base'),
        'components/app/states/main.yml': `include: more\n${dir('web', '  requires: base\n')}`,
        'components/app/states/more.yml': dir('base'),
      },
      'blog/main:web',
      ['blog/more:base'],
    ],
    [
      'of the same instance also where a file elsewhere has its name',
      {
        'states/site.yml': 'include: [base, { component: app, as: blog }]\n',
        'states/base.yml': dir('other'),
        'components/app/states/main.yml': `include: more\n${dir('web', '  requires: base\n')}`,
        'components/app/states/more.yml': dir('base'),
      },
      'blog/main:web',
      ['blog/more:base'],
    ],
    [
      'then anywhere',
      { 'states/site.yml': `include: other\n${dir('web', '  requires: base\n')}`, 'states/other.yml': dir('base') },
      'site:web',
      ['other:base'],
    ],
    [
      'a file and a state of the same instance',
      {
        'states/site.yml': 'include: { component: app, as: blog }\n',
        'components/app/states/main.yml': `include: more\n${dir('web', '  requires: more:base\n')}`,
        'components/app/states/more.yml': dir('base'),
      },
      'blog/main:web',
      ['blog/more:base'],
    ],
    [
      'a full id',
      {
        'states/site.yml': `include: { component: app, as: blog }\n${dir('web', '  requires: blog/main:app\n')}`,
        'components/app/states/main.yml': dir('app'),
      },
      'site:web',
      ['blog/main:app'],
    ],
    [
      'a whole file',
      {
        'states/site.yml': `include: other\n${dir('web', '  requires: other\n')}`,
        'states/other.yml': dir('a') + dir('b'),
      },
      'site:web',
      ['other:a', 'other:b'],
    ],
  ])('%s', async (_title, files, id, requires) => {
    expect(await requiresOf(files, id)).toEqual(requires)
  })

  it('never one of several', async () => {
    const { states } = await catalogIn({
      'prove.config.yml': `${config}states: [site]\n`,
      'states/site.yml': `include: [{ component: app, as: a }, { component: app, as: b }]\n${dir('web', '  requires: app\n')}`,
      'components/app/states/main.yml': dir('app'),
    })
    const error = await states('web1').catch((thrown: unknown) => thrown)
    expect(knownErrors(error)).toMatchObject([
      { code: 'PRV_STATE_AMBIGUOUS', message: expect.stringContaining('a/main:app, b/main:app') as unknown },
    ])
  })
})
