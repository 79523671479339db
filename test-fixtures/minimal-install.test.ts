import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PackedProject, succeed } from './packed.js'

const site = new PackedProject()
const greeting = join(site.scratch, 'greeting')

/** The least that does something: nothing of these is on the registry, and npm must not look for more. */
const installed = ['core', 'cli', 'plugins/executor-local', 'plugins/loader-yaml', 'plugins/state-file']

beforeAll(() => {
  const tarballs = site.pack(installed)
  site.write('package.json', JSON.stringify({ name: 'site', private: true, type: 'module', dependencies: tarballs }))
  site.write('site.yml', `greeting:\n  file.managed: { path: ${greeting}, content: "hello\\n" }\n`)
  const quiet = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  succeed(site.folder, 'npm', ['install', ...quiet])
})

afterAll(() => site.remove())

const told = (...words: readonly string[]): string => {
  const { status, stdout, stderr } = site.prove(...words)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

describe('what was installed', () => {
  it('is five packages of Prove, with one core among them', () => {
    expect(readdirSync(join(site.folder, 'node_modules/@prove')).toSorted()).toEqual([
      'cli',
      'core',
      'executor-local',
      'loader-yaml',
      'state-file',
    ])
    const nested = succeed(site.folder, 'find', ['node_modules', '-path', '*@prove/core/package.json'])
    expect(nested.trim().split('\n')).toHaveLength(1)
  })
})

describe.each([
  ['without a configuration', undefined],
  [
    'with a configuration in TypeScript',
    `import { defineConfig } from '@prove/core'

const plugins: readonly string[] = ['@prove/executor-local', '@prove/loader-yaml', '@prove/state-file']
export default defineConfig({ plugins, targets: { here: { executor: 'local' } } })
`,
  ],
])('%s', (_title, config) => {
  beforeAll(() => {
    if (config !== undefined) site.write('prove.config.ts', config)
    site.write('gone.yml', `gone:\n  file.absent: ${greeting}\n`)
    told('apply', 'gone.yml')
  })

  it('plans, applies, and has nothing to change the second time', () => {
    expect(told('plan', 'site.yml')).toContain('would change')
    expect(existsSync(greeting)).toBe(false)
    expect(told('apply', 'site.yml')).toContain('1 changed')
    expect(readFileSync(greeting, 'utf8')).toBe('hello\n')
    expect(told('apply', 'site.yml')).toContain('1 ok')
  })

  it('says which package has a function that is not there', () => {
    site.write('cmd.yml', 'moment:\n  cmd.run: date\n')
    const { status, stderr } = site.prove('plan', 'cmd.yml')
    expect(status).toBe(1)
    expect(stderr).toContain('npm install @prove/state-cmd')
  })
})

describe('a listed plugin that is not installed', () => {
  it('is an error that says how to install it', () => {
    site.write('prove.config.ts', `export default { plugins: ['@prove/state-cmd'] }\n`)
    const { status, stderr } = site.prove('plan', 'site.yml')
    expect(status).toBe(1)
    expect(stderr).toContain('PRV_PLUGIN_NOT_FOUND')
    expect(stderr).toContain('npm install @prove/state-cmd')
  })
})
