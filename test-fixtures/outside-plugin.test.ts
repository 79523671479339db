import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, packageFolders, PackedProject, pnpm, succeed, tarballOfStranger } from './packed.js'

const site = new PackedProject()
const project = site.folder
const note = join(site.scratch, 'note.txt')

const siteOf = (words: string): string => `note:\n  - note.present: { path: ${note}, words: "${words}" }\n`

interface Invocation {
  readonly type: string
  readonly state: string
  readonly outcome: string
  readonly changes: readonly { readonly field: string; readonly from: unknown; readonly to: unknown }[]
}

const prove = (...words: readonly string[]): Ended => site.prove(...words)

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
  const [stranger, tarball] = tarballOfStranger('test-fixtures/outside-plugin', site.scratch)
  const tarballs = { ...site.pack(packageFolders), [stranger]: tarball }
  const ours = Object.entries(tarballs).filter(([name]) => name.startsWith('@prove/'))
  const manifest = {
    name: 'site',
    private: true,
    dependencies: tarballs,
    pnpm: { overrides: Object.fromEntries(ours) },
  }
  site.write('package.json', JSON.stringify(manifest))
  site.write(
    'prove.config.ts',
    `import { defineConfig } from '@prove/core'

export default defineConfig({
  plugins: ['@prove/executor-local', '@prove/loader-yaml', '@prove/state-file', 'prove-state-note'] satisfies string[],
})
`,
  )
  site.write('site.yml', siteOf('buy milk'))
  succeed(project, 'npx', [...pnpm, 'install', '--prefer-offline', '--ignore-scripts'])
})

afterAll(() => site.remove())

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
    const folder = join(site.scratch, 'series')
    const written = `several:\n  note.series:\n    folder: ${folder}\n    notes: { b: first, a: second }\n  requires: folder\n`
    site.write('series.yml', `${written}folder:\n  file.directory: ${folder}\n`)
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
    site.write('typo.yml', siteOf('buy milk').replace('note.present', 'note.presnt'))
    const { status, stderr } = prove('plan', 'typo.yml')
    expect(status).toBe(1)
    expect(stderr).toContain('note.present')
  })
})
