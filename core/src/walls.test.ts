import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  /** What is bundled into the package is among them. */
  readonly devDependencies?: Readonly<Record<string, string>>
}

interface Source {
  /** From the root of the workspace, with slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
}

interface Import {
  readonly from: string
  /** What stands between `import` and `from`; empty for a call or a bare import. */
  readonly names: string
  readonly isTypeOnly: boolean
}

const importPattern =
  /^(?:import|export)\s+(type\s+)?([^'"()]*?)\s*from\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm

const importsOf = (text: string): readonly Import[] =>
  [...text.matchAll(importPattern)].map(([, type, names = '', from, bare, called]) => ({
    from: from ?? bare ?? called ?? '',
    names,
    isTypeOnly: type !== undefined,
  }))

/** Tests, and what plugins keep beside them for their tests; core publishes its folder of that name. */
const isTest = (path: string): boolean => path.endsWith('.test.ts') || /^plugins\/[\w-]+\/src\/testing\//.test(path)

/** What core publishes beside the kernel, under paths of their own. */
const isForAuthors = (path: string): boolean => /^core\/src\/(files|identity|sockets|testing)\//.test(path)

/** Every TypeScript file below a folder of the workspace. */
const sourcesIn = (folder: string): readonly Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const text = readFileSync(join(root, folder, name), 'utf8')
      return { path: `${folder}/${name.split(sep).join('/')}`, text, imports: importsOf(text) }
    })

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest

const plugins = readdirSync(join(root, 'plugins')).map((name) => {
  const folder = `plugins/${name}`
  return { folder, manifest: manifestOf(folder), sources: sourcesIn(`${folder}/src`) }
})

const core = sourcesIn('core/src')
const catalog = sourcesIn('catalog/src')
const cli = sourcesIn('cli/src')
const all = [...core, ...catalog, ...cli, ...plugins.flatMap(({ sources }) => sources)]
const shipped = all.filter(({ path }) => !isTest(path))

const packageOf = (from: string): string =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')

const isRelative = (from: string): boolean => from.startsWith('.')

/** Where a relative import leads, from the root of the workspace. */
const targetOf = ({ path }: Source, from: string): string =>
  relative(root, resolve(root, dirname(path), from))
    .split(sep)
    .join('/')

/** `file: import` for every import that is none of those allowed. */
const offences = (
  sources: readonly Source[],
  isAllowed: (source: Source, item: Import) => boolean,
): readonly string[] =>
  sources.flatMap((source) =>
    source.imports.filter((item) => !isAllowed(source, item)).map(({ from }) => `${source.path}: ${from}`),
  )

/** What an import reaches: a path from the root of the workspace, or a package. */
const reachOf = (source: Source, from: string): string => (isRelative(from) ? targetOf(source, from) : from)

const staysInCore = (source: Source, { from }: Import): boolean =>
  isRelative(from) ? targetOf(source, from).startsWith('core/') : !packageOf(from).startsWith('@prove/')

const isAllowedInPluginTest = (source: Source, { from }: Import): boolean => {
  if (!isRelative(from))
    return !from.startsWith('@prove/') || /^@prove\/(link|core(\/files|\/identity|\/sockets|\/testing)?)$/.test(from)
  const [top, name] = targetOf(source, from).split('/')
  return top === 'test-fixtures' || (top === 'plugins' && name === source.path.split('/')[1])
}

describe('the walls see', () => {
  it.each([
    ["import { a } from 'x'", 'x'],
    ["import type { a } from 'x'", 'x'],
    ["import {\n  a,\n  b,\n} from 'x'", 'x'],
    ["export * from 'x'", 'x'],
    ["import 'x'", 'x'],
    ["const { a } = await import('x')", 'x'],
  ])('%j', (text, from) => {
    expect(importsOf(text).map((item) => item.from)).toEqual([from])
  })

  it('the packages of the workspace', () => {
    expect(plugins.map(({ manifest }) => manifest.name)).toEqual(
      plugins.map(({ folder }) => `@prove/${basename(folder)}`),
    )
    expect(core.length).toBeGreaterThan(50)
  })
})

describe('core', () => {
  it('imports no plugin, no catalog and no command line', () => {
    // A test may play against the shipped plugins by way of test-fixtures; what is shipped may not.
    const own = core.filter(({ path }) => !isTest(path))
    expect(offences(own, staysInCore)).toEqual([])
    expect(offences(core, (source, { from }) => !/^(plugins|catalog|cli)\//.test(reachOf(source, from)))).toEqual([])
  })

  it('knows tapable in one file', () => {
    const knowing = all.filter(({ imports }) => imports.some(({ from }) => packageOf(from) === 'tapable'))
    expect(knowing.map(({ path }) => path)).toEqual(['core/src/kernel/hooks.ts'])
  })

  it.each(['core/src/engine/plan.ts', 'core/src/engine/prediction.ts'])('gives %s a reader and no session', (path) => {
    const { imports } = core.find((source) => source.path === path) ?? { imports: [] }
    expect(imports.length).toBeGreaterThan(0)
    const session = imports.filter(({ from }) => from.endsWith('/contracts/session.js'))
    expect(session.filter(({ isTypeOnly, names }) => !isTypeOnly || names !== '{ Reader }')).toEqual([])
    const rest = imports.filter((item) => !session.includes(item))
    expect(rest.filter(({ names }) => /\b\w*(Session|Executor|Segment|Performed)\b/.test(names))).toEqual([])
    expect(rest.filter(({ from, isTypeOnly }) => /\/(wire|testing)\//.test(from) && !isTypeOnly)).toEqual([])
  })

  it.each(['wire', 'reads', 'steps'])('keeps %s free of engine and kernel', (folder) => {
    const below = core.filter(({ path }) => path.startsWith(`core/src/${folder}/`) && !isTest(path))
    expect(below.length).toBeGreaterThan(0)
    const knowing = below.filter(({ imports }) => imports.some(({ from }) => /\/(engine|kernel)\//.test(from)))
    expect(knowing.map(({ path }) => path)).toEqual([])
  })

  it('knows nothing of what it publishes for authors of plugins', () => {
    const kernel = core.filter(({ path }) => !isTest(path) && !isForAuthors(path))
    expect(offences(kernel, (source, { from }) => !isForAuthors(reachOf(source, from)))).toEqual([])
  })

  it('stays small', () => {
    const kernel = core.filter(({ path }) => !isTest(path) && !isForAuthors(path))
    const lines = kernel.map(linesOf).reduce((sum, count) => sum + count, 0)
    const code = kernel.flatMap(({ text }) => text.split('\n')).filter((line) => !/^\s*($|\/[/*]|\*)/.test(line))
    console.log(`core/src: ${lines} lines in ${kernel.length} files, ${code.length} without comments and blank lines`)
    // See docs/decisions/0006-size-of-core.md: more than was wished, and not to grow unseen.
    expect(lines).toBeLessThan(10_400)
  })
})

describe.each([
  { folder: 'link', below: ['@prove/core', '@prove/core/identity'] },
  { folder: 'agent', below: ['@prove/core', '@prove/core/identity', '@prove/link'] },
])('$folder', ({ folder, below }) => {
  it(`rests on ${below.join(', ')} alone`, () => {
    const own = sourcesIn(`${folder}/src`).filter(({ path }) => !isTest(path) && !path.includes('/testing/'))
    expect(own.length).toBeGreaterThan(5)
    const isAllowed = (source: Source, { from }: Import): boolean =>
      isRelative(from)
        ? targetOf(source, from).startsWith(`${folder}/`)
        : from.startsWith('node:') || below.includes(from)
    expect(offences(own, isAllowed)).toEqual([])
  })
})

describe('catalog', () => {
  it('rests on core alone', () => {
    const own = catalog.filter(({ path }) => !isTest(path))
    expect(own.length).toBeGreaterThan(5)
    const isAllowed = (source: Source, { from }: Import): boolean =>
      isRelative(from)
        ? targetOf(source, from).startsWith('catalog/')
        : from.startsWith('node:') || from === '@prove/core'
    expect(offences(own, isAllowed)).toEqual([])
  })
})

describe.each(plugins)('$folder', ({ folder, manifest, sources }) => {
  const own = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    (name) => !name.startsWith('@prove/'),
  )

  it('rests on the contracts of core, and on no other plugin', () => {
    const reached = sources
      .filter(({ path }) => !isTest(path))
      .flatMap((source) => source.imports.map(({ from }) => reachOf(source, from)))
    const foreign = reached
      .filter((name) => !name.startsWith(`${folder}/`) && !name.startsWith('node:'))
      .filter(
        (name) => !/^@prove\/(link|core(\/files|\/identity|\/sockets)?)$/.test(name) && !own.includes(packageOf(name)),
      )
    expect(foreign).toEqual([])
  })

  it('reaches in its tests for no other plugin, and not inside core', () => {
    const tests = sources.filter(({ path }) => isTest(path))
    expect(offences(tests, isAllowedInPluginTest)).toEqual([])
  })

  it('depends on no other plugin', () => {
    const workspace = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) =>
      name.startsWith('@prove/'),
    )
    // What master and agent say to each other is a library, as core is; who speaks needs both.
    expect(workspace.filter((name) => name !== '@prove/link')).toEqual(['@prove/core'])
  })
})

describe('every source file', () => {
  it('but one leaves the shipped plugins unnamed', () => {
    const names = plugins.map(({ manifest }) => manifest.name)
    const naming = shipped.filter(({ text }) => names.some((name) => text.includes(name)))
    expect(naming.map(({ path }) => path)).toEqual(['cli/src/shipped-plugins.ts'])
  })

  it('is named for what it is', () => {
    const vague = /^(utils?|helpers?|common|misc|shared|manager|impl)\b|(-|^)(utils?|helpers?|manager|impl)\./i
    expect(all.map(({ path }) => path).filter((path) => path.split('/').some((part) => vague.test(part)))).toEqual([])
  })

  it('is short, or has a reason', () => {
    const long = shipped.filter((source) => linesOf(source) > 250).map(({ path }) => path)
    expect(long.filter((path) => longFiles[path] === undefined)).toEqual([])
    expect(
      Object.keys(longFiles).filter((path) => !long.includes(path)),
      'no longer long',
    ).toEqual([])
  })
})

/** Files above 250 lines, and why they are not two. */
const longFiles: Readonly<Record<string, string>> = {}

function linesOf({ text }: Source): number {
  return text.split('\n').length - 1
}
