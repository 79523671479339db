import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Errors, type Layer, explain, openCatalog, pathText } from '@prove/catalog'
import { createKernel, type ErrorCode, loadConfig } from '@prove/core'
import executorLocal from '@prove/executor-local'
import loaderYaml from '@prove/loader-yaml'
import { afterAll, describe, expect, it } from 'vitest'
import { catalogIn, removeCatalogs } from './catalog-in.js'

afterAll(removeCatalogs)

const config = 'targets: { web1: { executor: local } }\nstates: [site]\n'
const site = 'a:\n  file.directory: /a\n'

/** What is wrong with a catalog that was changed on the disk after it was written. */
const wrongIn = async (
  files: Readonly<Record<string, string>>,
  change: (folder: string) => void = () => undefined,
): Promise<readonly (readonly [ErrorCode, string])[]> => {
  const { folder } = await catalogIn({})
  for (const [name, text] of Object.entries({ 'prove.config.yml': config, 'states/site.yml': site, ...files })) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  change(folder)
  const plugins = [executorLocal, loaderYaml]
  const kernel = createKernel(plugins.map((plugin) => ({ asked: plugin.name, plugin })))
  const errors = new Errors()
  await openCatalog(kernel, { config: await loadConfig(folder), hintFor: () => undefined }, errors)
  return errors.all().map(({ code, message }) => [code, message.replaceAll(/"\S*prove-catalog-\w+\//g, '"')])
}

describe('a folder of the catalog', () => {
  it('may be a file, a link that leads nowhere, or hidden', async () => {
    const odd = (folder: string): void => {
      for (const name of ['components', 'variables', 'roles']) writeFileSync(join(folder, name), '')
    }
    expect(await wrongIn({}, odd)).toEqual([])
    const links = (folder: string): void => {
      for (const name of ['components', 'variables', 'roles']) {
        mkdirSync(join(folder, name))
        symlinkSync('/nowhere', join(folder, name, 'gone'))
        // What an editor leaves beside a file that is being edited.
        symlinkSync('me@host.1', join(folder, name, '.#all.yml'))
        mkdirSync(join(folder, name, '.git'))
      }
    }
    expect(await wrongIn({}, links)).toEqual([])
    const { catalog } = await catalogIn({ 'components/.git/HEAD': '', 'components/app/states/main.yml': site })
    expect([...catalog.components.keys()]).toEqual(['app'])
  })

  it('that links to itself is told once', async () => {
    const circle = (folder: string): void => symlinkSync('variables', join(folder, 'variables'))
    expect(await wrongIn({}, circle)).toEqual([
      ['PRV_VARIABLES_SHAPE', expect.stringMatching(/^cannot read the folder "\S+": its links lead in a circle$/)],
    ])
  })
})

describe('roles', () => {
  it('that cannot be read still exist, and are told once', async () => {
    const targets = 'targets: { web1: { executor: local, roles: [a, b] } }\n'
    const roles = (folder: string): void => {
      mkdirSync(join(folder, 'roles/b.yml'), { recursive: true })
    }
    expect(await wrongIn({ 'prove.config.yml': targets, 'roles/a.yml': 'x: [\n' }, roles)).toMatchObject([
      ['PRV_STATE_FILE_MISSING', expect.stringContaining('it is a folder') as unknown],
      ['PRV_LOADER_SYNTAX', expect.anything() as unknown],
    ])
  })

  it('of one name are an error', async () => {
    const files = { 'prove.config.yml': `${config}roles: { r: {} }\n`, 'roles/r.yml': '{}\n', 'roles/r.yaml': '{}\n' }
    expect(await wrongIn(files)).toEqual([
      ['PRV_ROLE_SHAPE', expect.stringMatching(/^the role "r" is also declared in \S*prove\.config\.yml$/)],
      ['PRV_ROLE_SHAPE', expect.stringMatching(/^the role "r" is also declared in \S*prove\.config\.yml$/)],
    ])
  })
})

describe('variables', () => {
  it('of one target may stand in several files', async () => {
    const { catalog, target } = await catalogIn({
      'prove.config.yml': config,
      'variables/targets/web1.yml': 'a: 1\nb: 1\n',
      'variables/targets/web1.yaml': 'b: 2\nc: 2\n',
    })
    const layers = await catalog.variablesOf(target('web1'), {}, new Errors()).layersOf(undefined)
    expect(layers.filter(({ kind }) => kind === 'target').map(({ data }) => data)).toEqual([
      {},
      { b: 2, c: 2 },
      { a: 1, b: 1 },
    ])
  })

  it('of a configuration in code are plain data', async () => {
    const code = (variables: string): Record<string, string> => ({
      'prove.config.js': `const a = { b: {} }; a.b.a = a\nexport default { targets: { web1: { executor: 'local', variables: ${variables} } } }\n`,
    })
    const said = async (variables: string): Promise<unknown> => {
      const { catalog, target } = await catalogIn(code(variables))
      const errors = new Errors()
      await catalog.variablesOf(target('web1'), {}, errors).layersOf(undefined)
      return errors.all().map(({ code: kind, message }) => [kind, message])
    }
    expect(await said('{ x: [{ y: 10n }] }')).toEqual([['PRV_VARIABLES_SHAPE', 'the variable "x.0.y" is a bigint']])
    expect(await said('{ f: () => 1 }')).toEqual([['PRV_VARIABLES_SHAPE', 'the variable "f" is a function']])
    expect(await said('{ d: new Date(0) }')).toEqual([
      ['PRV_VARIABLES_SHAPE', 'the variable "d" is an instance of Date'],
    ])
    expect(await said('{ a }')).toEqual([['PRV_VARIABLES_SHAPE', 'the variable "a.b.a" holds itself']])
    expect(await said('{ x: [1, "2", true, null, undefined, { y: {} }] }')).toEqual([])
  })

  it('are explained by all that was said of them, also above and below', () => {
    const at = { file: 'x', line: 1, column: 1 }
    const places = { placeOf: () => at, placeOfKey: () => at }
    const layer = (name: string, data: Record<string, unknown>): Layer => ({ kind: 'group', name, data, places })
    const all = explain([
      layer('one', { a: { b: 1, c: 1 }, s: { length: 3 }, d: 7, 'k.x': 1, k: { x: 2 }, e: { f: 1 }, g: {} }),
      layer('two', { a: 5, s: 'text', d: { x: 1 }, e: {}, g: {} }),
    ])
    const told = all.map(({ path, value, from }) => [
      pathText(path),
      value,
      ...from.map(({ path: own, name, value: given }) => [name, pathText(own), given]),
    ])
    expect(told).toEqual([
      ['a', 5, ['two', 'a', 5], ['one', 'a.c', 1], ['one', 'a.b', 1]],
      ['s', 'text', ['two', 's', 'text'], ['one', 's.length', 3]],
      ['d.x', 1, ['two', 'd.x', 1], ['one', 'd', 7]],
      ['"k.x"', 1, ['one', '"k.x"', 1]],
      ['k.x', 2, ['one', 'k.x', 2]],
      ['e.f', 1, ['one', 'e.f', 1]],
      ['g', {}, ['two', 'g', {}], ['one', 'g', {}]],
    ])
  })
})

describe('inventories', () => {
  it('in a file are read as the format says, whatever its extension', async () => {
    const { catalog } = await catalogIn({
      'prove.config.yml': 'inventories: [{ file: hosts.txt, format: yaml }]\n',
      'hosts.txt': 'targets: { web1: {} }\n',
    })
    expect([...catalog.roster.targets.keys()]).toEqual(['web1'])
  })

  it.each([
    ['[./nope]', 'there is no such program'],
    ['[./hosts.txt]', 'permission is denied'],
    ['[sh, -c, "kill -9 $$"]', 'it was ended by SIGKILL'],
    ['[sh, -c, "exit 3"]', 'it ended with 3'],
    ['[head, -c, "70000000", /dev/zero]', 'it printed more than 64 MiB'],
    ['[sh, -c, "cat >&2; echo no more >&2; exit 1"]', 'no more'],
  ])('that fail say why: %s', async (command, why) => {
    const files = { 'prove.config.yml': `inventories: [{ command: ${command} }]\n`, 'hosts.txt': '' }
    const [[code, message] = []] = await wrongIn(files)
    expect([code, message?.endsWith(`failed: ${why}`)]).toEqual(['PRV_INVENTORY_FAILED', true])
  })
})

describe('sources', () => {
  const source = (name: string): string => `a:\n  file.managed: { path: /a, source: "prove://${name}" }\n`
  const saidOf = async (name: string, change: (folder: string) => void): Promise<unknown> => {
    const files = { 'prove.config.yml': config, 'states/site.yml': source(name), 'files/motd.txt': 'hi' }
    const { catalog, folder, target } = await catalogIn(files)
    change(folder)
    const errors = new Errors()
    await catalog.compile(target('web1'), {}, errors)
    return errors.all().map(({ code, hint }) => [code, hint])
  }

  it('that are missing are told with the nearest, by its whole name', async () => {
    expect(await saidOf('motd.tx', () => undefined)).toEqual([['PRV_SOURCE_MISSING', 'did you mean "motd.txt"?']])
    const folder = await saidOf('motd', (catalog) => mkdirSync(join(catalog, 'files/motd')))
    expect(folder).toEqual([['PRV_SOURCE_MISSING', expect.stringContaining('put the file at')]])
    const file = await saidOf('x', (catalog) => {
      rmSync(join(catalog, 'files'), { recursive: true })
      writeFileSync(join(catalog, 'files'), '')
    })
    expect(file).toEqual([['PRV_SOURCE_MISSING', expect.stringContaining('put the file at')]])
  })
})
