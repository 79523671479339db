import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coreVersion } from '@prove/core'
import { afterAll, describe, expect, it } from 'vitest'
import { type NewPluginCall, newPlugin } from './new-plugin.js'
import { pluginKindNames } from './plugin-kinds.js'

const scratch = mkdtempSync(join(tmpdir(), 'prove-new-plugin-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const make = async (call: NewPluginCall): Promise<string> => {
  let printed = ''
  expect(
    await newPlugin(call, (text) => {
      printed += text
    }),
  ).toBe(0)
  return printed
}

const filesIn = (folder: string): ReadonlyMap<string, string> => {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name))
  return new Map(paths.toSorted().map((path) => [path, readFileSync(path, 'utf8')]))
}

describe('a new plugin', () => {
  it.each(pluginKindNames)('of the kind %s has its own name everywhere', async (kind) => {
    const folder = join(scratch, kind)
    const printed = await make({ kind, name: 'my-thing', folder })
    const files = filesIn(folder)
    for (const [path, text] of files) {
      expect(`${path}\n${text}`).not.toMatch(/acme/i)
      expect(printed).toContain(`wrote  ${path}\n`)
    }
    expect(printed).toMatch(/\nnext: .* npm test\n$/)
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toContain('node_modules/')
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/^# prove-\w+-my-thing\n[^]*npm pack/)
    expect(readFileSync(join(folder, 'src/index.ts'), 'utf8')).toContain(`name: 'prove-${kind}-my-thing'`)
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({
      name: `prove-${kind}-my-thing`,
      keywords: ['prove-plugin'],
      peerDependencies: { '@prove/core': `^${coreVersion}` },
    })
    expect(manifest).not.toHaveProperty('license')
  })

  it('keeps the scope of its name out of its functions', async () => {
    const folder = join(scratch, 'scoped')
    await make({ kind: 'state', name: '@acme/redis', folder })
    expect(readFileSync(join(folder, 'src/setting.ts'), 'utf8')).toContain("name: 'redis.setting'")
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toContain('"name": "@acme/prove-state-redis"')
  })

  it('may begin in an empty folder, and in a fresh repository', async () => {
    const folder = join(scratch, 'repository')
    mkdirSync(join(folder, '.git'), { recursive: true })
    await make({ kind: 'meta', name: 'redis', folder })
    expect(existsSync(join(folder, 'package.json'))).toBe(true)
  })
})

describe('nothing is overwritten', () => {
  const refused = { code: 'PRV_PLUGIN_FOLDER', hint: expect.any(String) as unknown }

  it('where a file is in the folder', async () => {
    const folder = join(scratch, 'taken')
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), 'mine')
    await expect(make({ kind: 'state', name: 'redis', folder })).rejects.toMatchObject(refused)
    expect(filesIn(folder)).toEqual(new Map([[join(folder, 'package.json'), 'mine']]))
  })

  it('a second time', async () => {
    const folder = join(scratch, 'twice')
    await make({ kind: 'loader', name: 'outline', folder })
    await expect(make({ kind: 'loader', name: 'outline', folder })).rejects.toMatchObject(refused)
  })

  it('where the folder is a file, or below one', async () => {
    const folder = join(scratch, 'file')
    writeFileSync(folder, 'mine')
    await expect(make({ kind: 'state', name: 'redis', folder })).rejects.toMatchObject(refused)
    await expect(make({ kind: 'state', name: 'redis', folder: join(folder, 'x') })).rejects.toMatchObject(refused)
    expect(readFileSync(folder, 'utf8')).toBe('mine')
  })

  it('of what comes with Prove', async () => {
    const call = { kind: 'state', name: 'file', folder: join(scratch, 'shipped') }
    await expect(make(call)).rejects.toMatchObject({ code: 'PRV_USAGE' })
    expect(existsSync(call.folder)).toBe(false)
  })
})
