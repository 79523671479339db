import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { corePlugin } from '../core-plugin.js'
import { defineState } from '../define.js'
import type { ReadKind } from '../contracts/read.js'
import type { StateFunction } from '../contracts/state-function.js'
import { knownErrors } from '../error.js'
import { importPlugin, loadConfig } from './config.js'
import { configSchema } from './config-schema.js'
import { createKernel, type Kernel } from './kernel.js'
import { definePlugin, type PluginDefinition } from './plugin.js'
import { coreVersion } from './version.js'

const present = defineState({
  name: 'note.present',
  about: 'A note.',
  args: {},
  reads: () => ({}),
  check: () => [],
  apply: () => [],
})

const plugin = (definition: Partial<PluginDefinition> = {}): unknown =>
  definePlugin({ name: 'state-note', core: `^${coreVersion}`, ...definition })

const kernelOf = (...plugins: readonly unknown[]): Kernel =>
  createKernel(plugins.map((item) => ({ asked: 'prove-state-note', plugin: item })))

const thrownBy = async (act: () => unknown): Promise<unknown> => {
  try {
    await act()
  } catch (error) {
    return error
  }
  return undefined
}

const brokenState = (fields: object): StateFunction => ({ ...present, ...fields })

const fail = (): never => {
  throw new Error('the redis client is missing')
}

const carrier = { name: 'note', about: 'Notes.', options: {}, listen: fail, dial: fail }

describe('a bad plugin is refused by name', () => {
  it.each<[title: string, plugins: readonly unknown[], code: string, message: string]>([
    ['undefined', [undefined], 'PRV_PLUGIN_SHAPE', '"prove-state-note" is not a plugin'],
    ['null', [null], 'PRV_PLUGIN_SHAPE', '"prove-state-note" is not a plugin'],
    ['a text', ['state-note'], 'PRV_PLUGIN_SHAPE', '"prove-state-note" is not a plugin'],
    ['a list', [[plugin()]], 'PRV_PLUGIN_SHAPE', '"prove-state-note" is not a plugin'],
    ['a function', [() => plugin()], 'PRV_PLUGIN_SHAPE', '"prove-state-note" is not a plugin'],
    [
      'a map without apply',
      [{ name: 'state-note', core: '*' }],
      'PRV_PLUGIN_SHAPE',
      '"prove-state-note" is not a plugin',
    ],
    [
      'a map without a name',
      [{ core: '*', apply: () => {} }],
      'PRV_PLUGIN_SHAPE',
      '"prove-state-note" is not a plugin',
    ],
    [
      'for another core',
      [plugin({ core: '^99.0.0' })],
      'PRV_PLUGIN_CORE_RANGE',
      'the plugin "state-note" is for core ^99.0.0',
    ],
    [
      'no range',
      [{ name: 'state-note', apply: () => {} }],
      'PRV_PLUGIN_SHAPE',
      'the plugin "state-note" says no usable range',
    ],
    [
      'a range of another form',
      [plugin({ core: '~1' })],
      'PRV_PLUGIN_SHAPE',
      'the plugin "state-note" says no usable range',
    ],
    [
      'a function that another has',
      [plugin({ states: [present] }), plugin({ name: 'state-memo', states: [present] })],
      'PRV_PLUGIN_DUPLICATE',
      'the plugins "state-note" and "state-memo" both register the state function "note.present"',
    ],
    [
      'a kind of step that the core has',
      [plugin({ steps: [{ name: 'exec', command: () => ':' }] })],
      'PRV_PLUGIN_DUPLICATE',
      'the plugins "core" and "state-note" both register the kind of step "exec"',
    ],
    [
      'a state function without check',
      [plugin({ states: [brokenState({ check: undefined })] })],
      'PRV_PLUGIN_SHAPE',
      'the plugin "state-note" registers a state function "note.present" of the wrong shape',
    ],
    [
      'a state function without a dot',
      [plugin({ states: [brokenState({ name: 'note' })] })],
      'PRV_PLUGIN_SHAPE',
      'a state function "note"',
    ],
    [
      'a state function with an argument that would be taken for a field',
      [plugin({ states: [brokenState({ args: { after: z.string() } })] })],
      'PRV_PLUGIN_SHAPE',
      'its argument "after" has the name of a field',
    ],
    [
      'a state function without args',
      [plugin({ states: [brokenState({ args: undefined })] })],
      'PRV_PLUGIN_SHAPE',
      '"note.present"',
    ],
    [
      'a main argument that is none',
      [plugin({ states: [brokenState({ main: 'path' })] })],
      'PRV_PLUGIN_SHAPE',
      '"note.present"',
    ],
    [
      'a nameless state function',
      [plugin({ states: [brokenState({ name: undefined })] })],
      'PRV_PLUGIN_SHAPE',
      'a state function of',
    ],
    [
      'null for a loader',
      [plugin({ loaders: [null as never] })],
      'PRV_PLUGIN_SHAPE',
      'the plugin "state-note" registers a loader of',
    ],
    [
      'a read without parse',
      [plugin({ reads: [{ name: 'note' } as never] })],
      'PRV_PLUGIN_SHAPE',
      'a kind of read "note"',
    ],
    [
      'a transport that only dials',
      [plugin({ transports: [{ name: 'note', options: {}, dial: fail } as never] })],
      'PRV_PLUGIN_SHAPE',
      'transport "note"',
    ],
    [
      'a transport whose name is no scheme',
      [plugin({ transports: [{ ...carrier, name: 'my note' }] })],
      'PRV_PLUGIN_SHAPE',
      'transport "my note"',
    ],
    [
      'a transport that another has',
      [plugin({ transports: [carrier] }), plugin({ name: 'transport-memo', transports: [carrier] })],
      'PRV_PLUGIN_DUPLICATE',
      'the plugins "state-note" and "transport-memo" both register the transport "note"',
    ],
    [
      'an executor without open',
      [plugin({ executors: [{ name: 'note' } as never] })],
      'PRV_PLUGIN_SHAPE',
      'executor "note"',
    ],
    [
      'an operation without action',
      [plugin({ operations: [{ name: 'note', command: () => 1 } as never] })],
      'PRV_PLUGIN_SHAPE',
      '"note"',
    ],
    ['one that throws', [plugin({ apply: fail })], 'PRV_PLUGIN_FAILED', 'the plugin "state-note" failed: '],
  ])('%s', async (_title, plugins, code, message) => {
    const [error] = knownErrors(await thrownBy(() => kernelOf(...plugins)))
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) as unknown })
  })

  it('says what a throwing plugin said, and keeps its error', async () => {
    const [error] = knownErrors(await thrownBy(() => kernelOf(plugin({ apply: fail }))))
    expect(error?.message).toContain('the redis client is missing')
    expect(error?.cause).toBeInstanceOf(Error)
  })
})

describe('the registries', () => {
  const kernel = kernelOf(
    plugin({ states: [present], loaders: [{ name: 'note', extensions: ['.note'], isStatic: () => true, load: fail }] }),
    plugin({
      name: 'executor-note',
      apply: (hooks) => {
        hooks.executors.tap('executor-note', (registry) =>
          registry.add({ name: 'note', about: 'Pigeons.', options: {}, open: fail }),
        )
      },
    }),
  )

  it('hold what plugins list', () => {
    expect([kernel.functions.names, kernel.loaders.names]).toEqual([['note.present'], ['note']])
    expect(kernel.functions.get('note.present')).toBe(present)
  })

  it('hold what plugins tap by themselves', () => {
    expect(kernel.executors.names).toEqual(['note'])
  })

  it('hold what the core registers, by the same call', () => {
    expect(kernel.operations.names).toEqual(['ping', 'facts', 'cmd', 'plan', 'apply', 'status', 'dismiss'])
    expect(kernel.operations.pluginOf('plan')).toBe('core')
    expect(kernel.plugins[0]).toBe(corePlugin)
  })

  it('know where each came from', () => {
    expect(kernel.functions.pluginOf('note.present')).toBe('state-note')
    expect(kernel.executors.pluginOf('note')).toBe('executor-note')
    expect(kernel.functions.pluginOf('note.absent')).toBeUndefined()
  })

  it('know the nearest name', () => {
    expect(kernel.functions.nearest('note.presnt')).toBe('note.present')
  })

  it('name a kind that nobody registers', () => {
    expect(() => kernel.kinds.read('redis')).toThrow('no plugin registers the kind of read "redis"')
  })

  it('name the tools of all kinds once', () => {
    expect(kernel.kinds.tools).toContain('sha256sum')
    expect(new Set(kernel.kinds.tools).size).toBe(kernel.kinds.tools.length)
  })

  it('ask for programs that a target may do without, and miss none of them', () => {
    const either: ReadKind = {
      name: 'either',
      tools: ['cat'],
      looksFor: ['cat', 'dog'],
      script: () => ':',
      parse: () => [],
    }
    const { kinds, toolUsers } = kernelOf(plugin({ reads: [either] }))
    expect(kinds.tools.filter((tool) => tool === 'cat' || tool === 'dog')).toEqual(['cat', 'dog'])
    expect(toolUsers.get('cat')).toContain('either')
    expect(toolUsers.has('dog')).toBe(false)
  })
})

describe('a failing tap', () => {
  it('of a registry is told with the name of its plugin', async () => {
    const bad = plugin({ name: 'state-redis', apply: (hooks) => hooks.stateFunctions.tap('state-redis', fail) })
    const error = await thrownBy(() => kernelOf(plugin({ states: [present] }), bad, plugin({ name: 'state-last' })))
    expect(knownErrors(error)).toMatchObject([{ code: 'PRV_PLUGIN_FAILED' }])
    expect(String(error)).toContain('the plugin "state-redis" failed')
  })

  it('of a moment of a run is told with the name of its plugin', async () => {
    const { hooks } = kernelOf(
      plugin({ name: 'report-redis', apply: (own) => own.configure.tap('report-redis', fail) }),
    )
    const config = await loadConfig('/')
    const error = await thrownBy(() => hooks.configure.call(config))
    expect(knownErrors(error)).toMatchObject([{ code: 'PRV_PLUGIN_FAILED' }])
    expect(String(error)).toContain('the plugin "report-redis" failed')
  })
})

const folders: string[] = []

/** A folder of its own with these files. */
const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'prove-config-')))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const asJson = '{ "states": ["site.yml"] }'

describe('the configuration', () => {
  it.each<[file: string, text: string]>([
    ['prove.config.ts', 'const states: string[] = ["site.yml"]\nexport default { states }'],
    ['prove.config.mts', 'export default { states: ["site.yml"] satisfies string[] }'],
    ['prove.config.js', 'export default { states: ["site.yml"] }'],
    ['prove.config.mjs', 'export default { states: ["site.yml"] }'],
    ['prove.config.json', asJson],
    ['prove.config.yaml', 'states: [site.yml]'],
    ['prove.config.yml', 'states:\n  - site.yml'],
    ['package.json', `{ "name": "site", "prove": ${asJson} }`],
  ])('is found in %s', async (file, text) => {
    const folder = folderWith({ [file]: text })
    expect(await loadConfig(folder)).toEqual({
      ...configSchema.parse({ states: ['site.yml'] }),
      file: join(folder, file),
      folder,
    })
  })

  it('is found from a folder below', async () => {
    const folder = folderWith({ 'prove.config.json': asJson, 'states/web/nginx.yml': '' })
    expect(await loadConfig(join(folder, 'states/web'))).toMatchObject({ folder, states: ['site.yml'] })
  })

  it('is the first of several', async () => {
    const folder = folderWith({
      'prove.config.ts': 'export default { states: ["a.yml"] }',
      'prove.config.json': asJson,
    })
    expect((await loadConfig(folder)).states).toEqual(['a.yml'])
  })

  it('passes over a package.json that says nothing', async () => {
    const folder = folderWith({ 'prove.config.json': asJson, 'web/package.json': '{ "name": "web" }' })
    expect((await loadConfig(join(folder, 'web'))).folder).toBe(folder)
  })

  it('is that of the user where no folder has one', async () => {
    const home = folderWith({ 'prove/config.json': asJson })
    const before = process.env['XDG_CONFIG_HOME']
    process.env['XDG_CONFIG_HOME'] = home
    try {
      expect((await loadConfig(folderWith({}))).states).toEqual(['site.yml'])
    } finally {
      if (before === undefined) delete process.env['XDG_CONFIG_HOME']
      else process.env['XDG_CONFIG_HOME'] = before
    }
  })

  it('is empty where there is none', async () => {
    const folder = folderWith({})
    expect(await loadConfig(folder)).toEqual({ ...configSchema.parse({}), file: undefined, folder })
  })

  it.each<[title: string, text: string, code: string, message: string, hint: string | undefined]>([
    [
      'an unknown key',
      '{ "plugin": [] }',
      'PRV_CONFIG_INVALID',
      'prove.config.json: unknown key "plugin"',
      'did you mean "plugins"?',
    ],
    [
      'a key like no other',
      '{ "x": 1 }',
      'PRV_CONFIG_INVALID',
      'unknown key "x"',
      `keys are ${Object.keys(configSchema.shape).join(', ')}`,
    ],
    [
      'an unknown key of a group',
      '{ "groups": { "a": { "target": "" } } }',
      'PRV_CONFIG_INVALID',
      '"groups.a.target"',
      'did you mean "targets"?',
    ],
    ['a wrong value', '{ "states": "site.yml" }', 'PRV_CONFIG_INVALID', '"states": ', undefined],
    ['a list', '[]', 'PRV_CONFIG_INVALID', 'prove.config.json: ', undefined],
    ['what is no JSON', '{ "states": ', 'PRV_CONFIG_LOAD', '', undefined],
  ])('is refused with %s', async (_title, text, code, message, hint) => {
    const folder = folderWith({ 'prove.config.json': text })
    const [error] = knownErrors(await thrownBy(() => loadConfig(folder)))
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) as unknown })
    expect(error?.hint).toBe(hint)
  })

  it('names all that is wrong at once', async () => {
    const folder = folderWith({ 'prove.config.json': '{ "states": 1, "plugin": [], "target": {} }' })
    expect(knownErrors(await thrownBy(() => loadConfig(folder))).map(({ message }) => message)).toEqual([
      expect.stringContaining('"states"'),
      expect.stringContaining('"plugin"'),
      expect.stringContaining('"target"'),
    ])
  })

  it('is refused when its code throws', async () => {
    const folder = folderWith({ 'prove.config.ts': 'throw new Error("no such environment")' })
    const error = await thrownBy(() => loadConfig(folder))
    expect(knownErrors(error)).toMatchObject([
      { code: 'PRV_CONFIG_LOAD', message: expect.stringContaining('no such environment') as unknown },
    ])
  })
})

/** A folder in which this module is installed as a package. */
const folderWithPlugin = (text: string): string =>
  folderWith({
    'node_modules/prove-x/package.json': '{ "main": "index.mjs" }',
    'node_modules/prove-x/index.mjs': text,
  })

describe('a plugin by its name', () => {
  it('is the default export of its package, as seen from the configuration', async () => {
    expect(await importPlugin('prove-x', folderWithPlugin('export default { name: "x" }'))).toEqual({ name: 'x' })
  })

  it.each<[title: string, text: string | undefined, code: string, message: string]>([
    ['that is not installed', undefined, 'PRV_PLUGIN_NOT_FOUND', 'the plugin "prove-x" is not installed'],
    [
      'that throws',
      'throw new Error("no redis")',
      'PRV_PLUGIN_FAILED',
      'the plugin "prove-x" failed to load: no redis',
    ],
    [
      'that imports what is not there',
      'import "prove-y"',
      'PRV_PLUGIN_FAILED',
      'the plugin "prove-x" failed to load: ',
    ],
  ])('%s is refused', async (_title, text, code, message) => {
    const folder = text === undefined ? folderWith({}) : folderWithPlugin(text)
    const [error] = knownErrors(await thrownBy(() => importPlugin('prove-x', folder)))
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) as unknown })
  })
})
