import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageFolders, root, succeed, tarballsOf } from './packed.js'

interface Manifest extends Readonly<Record<string, unknown>> {
  readonly name: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly license?: string
  readonly licenses?: readonly { readonly type: string }[]
}

const scratch = mkdtempSync(join(tmpdir(), 'prove-published-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

const names = packageFolders.map((folder) => manifestIn(join(root, folder)).name)

let tarballs: Readonly<Record<string, string>> = {}

const tarballOf = (name: string): string => (tarballs[name] ?? '').replace(/^file:/, '')

/** Where the content of a tarball lies. */
const unpacked = (name: string): string => join(scratch, name.replace('/', '-'), 'package')

beforeAll(() => {
  succeed(root, 'npx', ['tsc', '-b'])
  tarballs = tarballsOf(packageFolders, scratch)
  for (const name of names) {
    mkdirSync(dirname(unpacked(name)))
    succeed(scratch, 'tar', ['-xzf', tarballOf(name), '-C', dirname(unpacked(name))])
  }
})

describe.each(names)('%s', (name) => {
  it('is sound to publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: unpacked(name), pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('has types that are found to be right', async () => {
    const words = ['attw', tarballOf(name), '--profile', 'esm-only', '--format', 'json']
    const { stdout } = await promisify(execFile)('npx', words, { cwd: root, maxBuffer: 1 << 26 })
    const { analysis } = JSON.parse(stdout) as { analysis: { types: unknown; problems: readonly Problem[] } }
    expect(analysis.types).toMatchObject({ kind: 'included' })
    expect(analysis.problems.filter(({ resolutionKind }) => !isOlder(resolutionKind))).toEqual([])
  })

  it('says all that a registry shows, and asks for nothing of the workspace', () => {
    expect(manifestIn(unpacked(name))).toMatchObject({
      description: expect.stringMatching(/\.$/),
      keywords: expect.arrayContaining(name.includes('/core') ? ['prove'] : ['configuration-management']),
      license: 'MIT',
      type: 'module',
      sideEffects: name === '@prove/cli' ? ['./bin/prove.js'] : false,
      engines: { node: '>=20.19' },
    })
    const ranges = Object.values({
      ...manifestIn(unpacked(name)).dependencies,
      ...manifestIn(unpacked(name)).optionalDependencies,
    })
    expect(ranges.filter((range) => range.startsWith('workspace:'))).toEqual([])
  })

  it('ships its licence, a page about it, and neither sources nor tests', () => {
    // What new catalogs and plugins are made of is shipped as it is.
    const files = readdirSync(unpacked(name), { recursive: true, encoding: 'utf8' }).filter(
      (file) => !/^(catalogs|templates)\//.test(file),
    )
    expect(readFileSync(join(unpacked(name), 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'))
    expect(readFileSync(join(unpacked(name), 'README.md'), 'utf8')).toContain(`# ${name}\n`)
    expect(files.filter((file) => /(^|\/)src\/|\.test\.|\.map$|tsbuildinfo|(?<!\.d)\.ts$/.test(file))).toEqual([])
  })

  it('depends on what its declarations speak of', () => {
    const { dependencies, peerDependencies } = manifestIn(unpacked(name))
    const known = new Set([name, ...Object.keys({ ...dependencies, ...peerDependencies })])
    const spoken = declaredFrom(unpacked(name))
    expect(spoken.filter((each) => !known.has(each))).toEqual([])
  })
})

interface Problem {
  readonly resolutionKind?: string
}

/** Ways of resolving that packages of modules alone leave behind. */
const isOlder = (kind: string | undefined): boolean => kind === 'node10' || kind === 'node16-cjs'

/** The packages that the declarations behind the exports import. */
const declaredFrom = (folder: string): readonly string[] => {
  const seen = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from |import\(|import )['"]([^'"]+)['"]/g)) {
      if (from.startsWith('.')) visit(join(dirname(file), from.replace(/\.js$/, '.d.ts')))
      else if (!from.startsWith('node:'))
        packages.add(
          from
            .split('/')
            .slice(0, from.startsWith('@') ? 2 : 1)
            .join('/'),
        )
    }
  }
  for (const entry of Object.values(manifestIn(folder).exports)) {
    if (typeof entry === 'object' && entry['types'] !== undefined) visit(join(folder, entry['types']))
  }
  expect(seen.size).toBeGreaterThan(0)
  return [...packages]
}

describe('licences', () => {
  const permissive = [
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'ISC',
    'MIT',
    'Python-2.0',
    'Unlicense',
  ]

  /** Every package that a user installs, with the places where it is looked for. */
  const installed = new Map<string, string | undefined>()
  const visit = (folder: string): void => {
    const manifest = manifestIn(folder)
    if (installed.has(folder)) return
    // Older packages have a list of them.
    installed.set(folder, manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' OR '))
    const required = { ...manifest.dependencies, ...manifest.optionalDependencies }
    for (const name of Object.keys(required)) {
      const found = createRequire(join(folder, 'package.json'))
        .resolve.paths(name)
        ?.map((path) => join(path, name))
        .find((path) => existsSync(join(path, 'package.json')))
      if (found === undefined) throw new Error(`${manifest.name} needs ${name}, which is not installed`)
      visit(succeed(root, 'realpath', [found]).trim())
    }
  }

  it('of everything that is installed are permissive', () => {
    for (const folder of packageFolders) visit(join(root, folder))
    expect(installed.size).toBeGreaterThan(packageFolders.length)
    const others = [...installed].filter(([, licence]) => !permissive.includes(licence ?? ''))
    // That of ZeroMQ binds those who change its files, and nobody who uses them as they are.
    expect(others.map(([folder, licence]) => [basename(folder), licence])).toEqual([['zeromq', 'MIT AND MPL-2.0']])
  })

  it('of everything that is inside are permissive, and told in full', () => {
    const notices = names
      .map((name) => join(unpacked(name), 'dist/THIRD-PARTY-LICENSES.txt'))
      .filter((file) => existsSync(file))
      .flatMap((file) => readFileSync(file, 'utf8').split(`${'-'.repeat(80)}\n`))
      .filter((notice) => notice.trim() !== '')
    expect(notices.length).toBeGreaterThan(10)
    for (const notice of notices) {
      expect(permissive).toContain(/^\s*\S+ \S+ \((.*)\)/.exec(notice)?.[1])
      expect(notice).toMatch(/copyright|permission/i)
    }
  })
})
