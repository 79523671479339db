import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// Every kind of plugin as a stranger makes it: with the command line as it is installed from its package, outside this workspace.

const root = fileURLToPath(new URL('..', import.meta.url))
const pnpm = ['-y', 'pnpm@10.34.9']
const scratch = mkdtempSync(join(tmpdir(), 'prove-plugin-new-'))
const site = join(scratch, 'site')

/** Names that differ from their templates in all ways: with a hyphen, with a scope. */
const made = [
  { kind: 'state', name: 'my-store', packageName: 'prove-state-my-store' },
  { kind: 'meta', name: '@stranger/notes', packageName: '@stranger/prove-meta-notes' },
  { kind: 'loader', name: 'out-line', packageName: 'prove-loader-out-line' },
  { kind: 'executor', name: 'clean-room', packageName: 'prove-executor-clean-room' },
  { kind: 'transport', name: 'plain-tcp', packageName: 'prove-transport-plain-tcp' },
] as const

let tarballs: readonly Packed[] = []

const folderOf = (packageName: string): string => join(scratch, packageName.split('/').at(-1) ?? '')

/** Runs a program to its end; what vitest adds to the environment stays here. */
const runIn = (cwd: string, program: string, words: readonly string[]) => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|NODE_PATH|npm_|PNPM_)/i.test(name)),
  )
  return spawnSync(program, words, { cwd, env: { ...env, NO_COLOR: '1' }, encoding: 'utf8' })
}

const succeed = (cwd: string, program: string, words: readonly string[]): string => {
  const { status, stdout, stderr } = runIn(cwd, program, words)
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
  return stdout
}

interface Packed {
  readonly name: string
  readonly filename: string
  readonly files: readonly string[]
}

/** The same as pnpm prints it. */
interface Printed extends Omit<Packed, 'files'> {
  readonly files: readonly { readonly path: string }[]
}

/** Packs the packages of a workspace whose names fit, all at once. */
const pack = (cwd: string, ...names: readonly string[]): readonly Packed[] => {
  const filters = names.flatMap((name) => ['--filter', name])
  const printed = succeed(cwd, 'npx', [...pnpm, ...filters, 'pack', '--json', '--pack-destination', scratch])
  const packed = JSON.parse(printed.slice(printed.search(/^\[/m))) as readonly Printed[]
  return packed.map(({ name, filename, files }) => ({ name, filename, files: files.map(({ path }) => path) }))
}

const specifiersOf = (packed: readonly Packed[]): Readonly<Record<string, string>> =>
  Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`]))

const install = (): string =>
  succeed(scratch, 'npx', [...pnpm, 'install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'])

const writeJson = (path: string, data: unknown): void => writeFileSync(path, JSON.stringify(data))

/** The plugins as packages of one workspace, and a project that will use what is packed of them: one install for all. */
beforeAll(() => {
  if (!existsSync(join(root, 'cli/dist/main.js')))
    throw new Error('there is no build: run "npx -y pnpm@10.34.9 build" first')
  const specifiers = specifiersOf(pack(root, '@prove/*'))
  mkdirSync(site)
  writeJson(join(scratch, 'package.json'), { name: 'stranger', private: true, pnpm: { overrides: specifiers } })
  writeFileSync(join(scratch, 'pnpm-workspace.yaml'), 'packages: ["*"]\nallowBuilds: { esbuild: false }\n')
  writeJson(join(site, 'package.json'), { name: 'site', private: true, dependencies: specifiers })
  install()
  for (const { kind, name, packageName } of made) {
    succeed(scratch, join(site, 'node_modules/.bin/prove'), ['plugin', 'new', kind, name, folderOf(packageName)])
  }
  install()
  tarballs = pack(scratch, ...made.map(({ packageName }) => packageName))
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe.each(made)('a new $kind', ({ packageName }) => {
  const folder = folderOf(packageName)

  it('passes its own tests at once', () => {
    const { status, stdout, stderr } = runIn(folder, 'npm', ['test'])
    expect(stdout + stderr).toMatch(/Tests {2}\d+ passed \(\d+\)/)
    expect(status).toBe(0)
  })

  it('is compiled and shipped by pnpm pack, without its tests', () => {
    const files = tarballs.find(({ name }) => name === packageName)?.files ?? []
    expect(files).toEqual(expect.arrayContaining(['README.md', 'dist/index.d.ts', 'dist/index.js', 'package.json']))
    expect(files.filter((path) => path.includes('.test.') || path.startsWith('src/'))).toEqual([])
  })
})

interface Invocation {
  readonly type: string
  readonly state: string
  readonly fn: string
  readonly outcome: string
  readonly confidence?: string
}

describe('what was packed, in a project', () => {
  const conf = join(scratch, 'store.conf')
  const notes = join(scratch, 'notes')

  beforeAll(() => {
    const manifest = JSON.parse(readFileSync(join(site, 'package.json'), 'utf8')) as { dependencies: object }
    const dependencies = { ...manifest.dependencies, ...specifiersOf(tarballs) }
    writeJson(join(site, 'package.json'), { ...manifest, dependencies })
    const plugins = ['@prove/state-file', ...made.map(({ packageName }) => packageName)]
    const targets = { here: { executor: 'clean-room', options: { folder: scratch } } }
    writeJson(join(site, 'prove.config.json'), { plugins, targets, states: ['site'] })
    mkdirSync(join(site, 'states'))
    // A state file of the new loader, with states of the new function and meta-state, over the new executor.
    writeFileSync(
      join(site, 'states/site.out-line'),
      `list
  notes.folder
    path = ${notes}
    files
      today = buy milk
port
  my-store.setting
    path = ${conf}
    name = port
    value = 6379
level
  my-store.setting
    path = ${conf}
    name = level
    value = 3 of 4
`,
    )
    install()
  })

  /** How many times another run on this host may be in the way; each try takes as long as a start of Node. */
  const maximumTries = 50

  const prove = (...words: readonly string[]): readonly string[] => {
    for (let tries = 1; ; tries++) {
      const { status, stdout, stderr } = runIn(site, join(site, 'node_modules/.bin/prove'), [...words, '-o', 'json'])
      if (tries < maximumTries && `${stdout}${stderr}`.includes('PRV_TARGET_LOCKED')) continue
      expect({ status, stderr, stdout }).toMatchObject({ status: 0, stderr: '' })
      const events = stdout.trim().split('\n')
      return events
        .map((line) => JSON.parse(line) as Invocation)
        .filter(({ type }) => type === 'invocation')
        .map(({ state, fn, outcome, confidence = 'done' }) => `${state} ${fn} ${outcome} ${confidence}`)
    }
  }

  it('is planned, applied, and has nothing to do then', () => {
    expect(prove('plan')).toEqual([
      'site:list/folder file.directory would-change sure',
      'site:list/today file.managed would-change sure',
      'site:port my-store.setting would-change sure',
      'site:level my-store.setting would-change sure',
    ])
    expect(existsSync(conf)).toBe(false)
    expect(prove('apply').filter((line) => !line.includes(' changed '))).toEqual([])
    expect(readFileSync(conf, 'utf8')).toBe('port 6379\nlevel 3 of 4\n')
    expect(readFileSync(join(notes, 'today'), 'utf8')).toBe('buy milk')
    expect(prove('apply').filter((line) => !line.includes(' ok '))).toEqual([])
  })
})
