import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownErrors, loadConfig } from '@prove/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hintForFunction, loadKernel } from './load-kernel.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-kernel-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const configOf = async (written: unknown) => {
  writeFileSync(join(folder, 'prove.config.json'), JSON.stringify(written))
  return loadConfig(folder)
}

describe('without a list of plugins', () => {
  it('loads the standard preset', async () => {
    const kernel = await loadKernel(await configOf({}))
    await kernel.bring()
    expect(kernel.plugins.map(({ name }) => name)).toEqual(expect.arrayContaining(['state-file', 'executor-local']))
  })

  it('loads a plugin of states when one of its functions is asked for', async () => {
    const kernel = await loadKernel(await configOf({}))
    expect(kernel.functions.get('file.managed')).toBeUndefined()
    await kernel.bring('functions', 'file.managed')
    expect(kernel.functions.get('file.managed')?.name).toBe('file.managed')
    expect(kernel.functions.get('cmd.run')).toBeUndefined()
  })

  it('leaves a mistyped function of an installed plugin to the nearest name', async () => {
    expect(hintForFunction(await configOf({}))('file.managd')).toBeUndefined()
  })
})

describe('with a list of plugins', () => {
  it('loads those alone', async () => {
    const kernel = await loadKernel(await configOf({ plugins: ['@prove/loader-yaml'] }))
    expect(kernel.plugins.map(({ name }) => name)).toEqual(['core', 'loader-yaml'])
  })

  it('says where to add an installed plugin that has the function', async () => {
    const config = await configOf({ plugins: ['@prove/loader-yaml'] })
    expect(hintForFunction(config)('file.managed')).toBe('add "@prove/state-file" to prove.config.json:1')
  })

  it('refuses one that is not installed, and says how to install it', async () => {
    const refused: unknown = await loadKernel(await configOf({ plugins: ['@prove/state-pigeon'] })).catch(
      (error: unknown) => error,
    )
    expect(knownErrors(refused)).toMatchObject([
      { code: 'PRV_PLUGIN_NOT_FOUND', hint: expect.stringContaining('npm install @prove/state-pigeon') },
    ])
  })
})
