// What a package ships as: a script, which is loaded with what V8 has kept of it, and ES modules that hand on what it
// exports. Why: docs/decisions/0025-start-up.md
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { lazyLocales } from './lazy-locales.mjs'
import { lazyWidth } from './lazy-width.mjs'
import { pluginBuild } from './plugin-build.mjs'

const loader = readFileSync(fileURLToPath(new URL('load-script.cjs', import.meta.url)))

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  conditions: ['development'],
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
}

/**
 * The files of dist by their path, and what they were made of. `entries` are modules by their name in dist; `apart` those that
 * only ES modules can be, since what they import is one.
 */
export const scriptFiles = async (cwd, { entries, apart = {}, external }) => {
  const files = new Map([['dist/load-script.cjs', loader]])
  const inner = await innerModules(cwd, apart, external)
  const all = { ...entries, ...inner }
  // Each is evaluated when it is asked for: help needs no core.
  const lines = Object.entries(all).map(([name, path], i) => {
    const get = `get: () => (entry${i} ??= require('./${path}'))`
    return `let entry${i}\nObject.defineProperty(exports, ${JSON.stringify(name)}, { enumerable: true, ${get} })`
  })
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: cwd,
    stdin: { contents: lines.join('\n'), resolveDir: cwd, loader: 'js' },
    format: 'cjs',
    outfile: 'dist/script.cjs',
    define: { 'import.meta.url': '__url' },
    external,
    plugins: [lazyLocales, lazyWidth, pluginBuild],
  })
  files.set('dist/script.cjs', Buffer.from(asScript(outputFiles[0].text)))
  const names = await exportsOf(cwd, all, external)
  for (const name of Object.keys(entries)) files.set(`dist/${name}.js`, Buffer.from(facade(name, names.get(name))))
  for (const [name, path] of Object.entries(apart)) {
    const made = await build({
      ...common,
      absWorkingDir: cwd,
      entryPoints: [path],
      format: 'esm',
      outfile: `dist/${name}.js`,
      external,
      plugins: [fromScript(cwd, name, dirname(join(cwd, path)), names)],
    })
    files.set(`dist/${name}.js`, Buffer.from(made.outputFiles[0].contents))
  }
  return { files, inputs: Object.keys(metafile.inputs) }
}

/**
 * Read as bytes, so that all of it is ASCII. The first line tells it from every other script: what is kept of one is not taken for
 * what is kept of another. Imports of our own packages go to their scripts, where they are shipped as
 * such.
 */
const asScript = (text) => {
  const script = text
    .replaceAll(/(?<![.\w])import\((?!\))/g, 'require.import(')
    .replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `// ${createHash('sha256').update(script).digest('hex')}\n${script}`
}

const facade = (name, names) => {
  const up = '../'.repeat(name.split('/').length - 1) || './'
  const parts = names.filter((each) => each !== 'default')
  return [
    "import { createRequire } from 'node:module'",
    "import { fileURLToPath } from 'node:url'",
    `const { load } = createRequire(import.meta.url)('${up}load-script.cjs')`,
    `const script = load(fileURLToPath(new URL('${up}script.cjs', import.meta.url)))[${JSON.stringify(name)}]`,
    ...(parts.length === 0 ? [] : [`export const { ${parts.join(', ')} } = script`]),
    ...(names.includes('default') ? ['export default script.default'] : []),
    '',
  ].join('\n')
}

/** The names that modules export, by the name of each module. */
const exportsOf = async (cwd, modules, external) => {
  const { metafile } = await build({
    ...common,
    absWorkingDir: cwd,
    entryPoints: Object.fromEntries(Object.entries(modules).map(([name, path]) => [name, path])),
    format: 'esm',
    outdir: 'names',
    external,
    plugins: [lazyLocales],
  })
  return new Map(
    Object.entries(metafile.outputs).map(([path, { exports }]) => [
      path.slice('names/'.length, -'.js'.length),
      exports,
    ]),
  )
}

const isBelow = (path, folder) => path.startsWith(folder + sep)

/** The modules that those apart import and do not hold. */
const innerModules = async (cwd, apart, external) => {
  const found = {}
  for (const path of Object.values(apart)) {
    const folder = dirname(join(cwd, path))
    const note = {
      name: 'note',
      setup({ onResolve }) {
        onResolve({ filter: /^\.\.?\/|^zod$/ }, ({ path: name, resolveDir }) => {
          const target = name === 'zod' ? name : resolve(resolveDir, name.replace(/\.js$/, '.ts'))
          if (name !== 'zod' && isBelow(target, folder)) return undefined
          if (name !== 'zod')
            found[`inner/${relative(join(cwd, 'src'), target).replace(/\.ts$/, '')}`] = relative(cwd, target)
          return { path: name, external: true }
        })
      },
    }
    await build({
      ...common,
      absWorkingDir: cwd,
      entryPoints: [path],
      format: 'esm',
      outdir: 'names',
      external,
      plugins: [note],
    })
  }
  return found
}

/** What stands outside of a folder comes from the script. */
const fromScript = (cwd, entry, folder, names) => ({
  name: 'from-script',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^\.\.?\/|^zod$/ }, ({ path: name, resolveDir, namespace }) => {
      if (namespace === 'script') return undefined
      if (name === 'zod') return { path: 'index', namespace: 'script' }
      const target = resolve(resolveDir, name.replace(/\.js$/, '.ts'))
      if (isBelow(target, folder)) return undefined
      return { path: `inner/${relative(join(cwd, 'src'), target).replace(/\.ts$/, '')}`, namespace: 'script' }
    })
    onLoad({ filter: /.*/, namespace: 'script' }, ({ path: name }) => ({
      contents: facade(name, names.get(name)).replaceAll(/'(?:\.\.?\/)+((?:load-)?script\.cjs)'/g, (_match, file) => {
        const up = '../'.repeat(entry.split('/').length - 1) || './'
        return `'${up}${file}'`
      }),
    }))
  },
})
