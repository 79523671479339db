import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const pnpm = ['-y', 'pnpm@10.34.9']

const packages = [
  'core',
  'catalog',
  'cli',
  ...readdirSync(join(root, 'plugins')).map((name) => `plugins/${name}`),
  'test-fixtures/outside-plugin',
]

const scratch = mkdtempSync(join(tmpdir(), 'prove-outside-'))
const project = join(scratch, 'site')
const note = join(scratch, 'note.txt')

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; what vitest adds to the environment stays here. */
const runIn = (cwd: string, program: string, words: readonly string[]): Ended => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|npm_|PNPM_)/i.test(name)),
  )
  return spawnSync(program, words, { cwd, env, encoding: 'utf8' })
}

const succeed = (cwd: string, program: string, words: readonly string[]): string => {
  const { status, stdout, stderr } = runIn(cwd, program, words)
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
  return stdout
}

/** The name of a package, and the tarball that a user would get of it. */
const pack = (folder: string): readonly [name: string, specifier: string] => {
  const cwd = join(root, folder)
  const { name } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as { name: string }
  const printed = succeed(cwd, 'npx', [...pnpm, 'pack', '--json', '--pack-destination', scratch])
  const { filename } = JSON.parse(printed.slice(printed.indexOf('{'))) as { filename: string }
  return [name, `file:${filename}`]
}

const siteOf = (words: string): string => `note:\n  - note.present: { path: ${note}, words: "${words}" }\n`

interface Invocation {
  readonly type: string
  readonly state: string
  readonly outcome: string
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[]
}

/** How many times another run on this host may be in the way; each try takes as long as a start of Node. */
const maximumTries = 50

const prove = (...words: readonly string[]): Ended => {
  const program = join(project, 'node_modules/.bin/prove')
  for (let tries = 1; ; tries++) {
    const ended = runIn(project, program, words)
    if (tries === maximumTries || !`${ended.stdout}${ended.stderr}`.includes('PRV_TARGET_LOCKED')) return ended
  }
}

const invocations = (ended: Ended): readonly Pick<Invocation, 'state' | 'outcome' | 'changes'>[] => {
  expect(ended).toMatchObject({ status: 0, stderr: '' })
  const events = ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Invocation)
  return events
    .filter(({ type }) => type === 'invocation')
    .map(({ state, outcome, changes }) => ({ state, outcome, changes }))
}

beforeAll(() => {
  if (!existsSync(join(root, 'cli/dist/main.js'))) throw new Error('there is no build: run "npx tsc -b" first')
  const tarballs = Object.fromEntries(packages.map(pack))
  const ours = Object.entries(tarballs).filter(([name]) => name.startsWith('@prove/'))
  const manifest = {
    name: 'site',
    private: true,
    dependencies: tarballs,
    pnpm: { overrides: Object.fromEntries(ours) },
  }
  succeed(scratch, 'mkdir', [project])
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  writeFileSync(
    join(project, 'prove.config.ts'),
    `import { defineConfig } from '@prove/core'

export default defineConfig({
  plugins: ['@prove/executor-local', '@prove/loader-yaml', '@prove/state-file', 'prove-state-note'] satisfies string[],
})
`,
  )
  writeFileSync(join(project, 'site.yml'), siteOf('buy milk'))
  succeed(project, 'npx', [...pnpm, 'install', '--prefer-offline', '--ignore-scripts'])
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const change = (from: string | null, to: string): unknown => ({ field: 'words', from, to })

describe('a plugin of a stranger, installed from its package', () => {
  it('is known to nothing but the project that lists it', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(project, 'node_modules/@prove/cli/package.json'), 'utf8'),
    ) as {
      dependencies: Record<string, string>
    }
    expect(dependencies).not.toHaveProperty('prove-state-note')
    expect(dependencies['@prove/core']).toBe('^0.1.0')
  })

  it('says what it would change, and leaves the target alone', () => {
    const planned = invocations(prove('plan', 'site.yml', '-o', 'json'))
    expect(planned).toEqual([{ state: 'site:note', outcome: 'would-change', changes: [change(null, 'buy milk')] }])
    expect(existsSync(note)).toBe(false)
  })

  it('says it to a person', () => {
    const { status, stdout } = prove('plan', 'site.yml')
    expect(status).toBe(0)
    expect(stdout).toContain('would change')
    expect(stdout).toContain('note.present')
  })

  it('brings a meta-state, which makes states in an order', () => {
    const folder = join(scratch, 'series')
    const written = `several:\n  note.series:\n    folder: ${folder}\n    notes: { b: first, a: second }\n  requires: folder\n`
    writeFileSync(join(project, 'series.yml'), `${written}folder:\n  file.directory: ${folder}\n`)
    const applied = invocations(prove('apply', 'series.yml', '-o', 'json'))
    expect(applied.map(({ state, outcome }) => `${state} ${outcome}`)).toEqual([
      'series:folder changed',
      'series:several/b changed',
      'series:several/a changed',
    ])
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('second')
  })

  it('changes it', () => {
    const applied = invocations(prove('apply', 'site.yml', '-o', 'json'))
    expect(applied).toEqual([{ state: 'site:note', outcome: 'changed', changes: [change(null, 'buy milk')] }])
    expect(readFileSync(note, 'utf8')).toBe('buy milk')
  })

  it('changes nothing the second time', () => {
    const applied = invocations(prove('apply', 'site.yml', '-o', 'json'))
    expect(applied).toEqual([{ state: 'site:note', outcome: 'ok', changes: [] }])
  })

  it('asks its own kind of read, and mends what someone else wrote', () => {
    writeFileSync(note, 'buy beer\nand wine\n')
    const mended = [{ state: 'site:note', changes: [change('buy beer', 'buy milk')] }]
    expect(invocations(prove('plan', 'site.yml', '-o', 'json'))).toMatchObject(mended)
    expect(invocations(prove('apply', 'site.yml', '-o', 'json'))).toMatchObject(mended)
    expect(readFileSync(note, 'utf8')).toBe('buy milk')
  })

  it('is named where a function of it is mistyped', () => {
    writeFileSync(join(project, 'typo.yml'), siteOf('buy milk').replace('note.present', 'note.presnt'))
    const { status, stderr } = prove('plan', 'typo.yml')
    expect(status).toBe(1)
    expect(stderr).toContain('note.present')
  })
})
