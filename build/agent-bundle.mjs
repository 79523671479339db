// One script out of an entry and all that it imports, for a file that finds nothing beside itself.
import { readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { lazyLocales } from './lazy-locales.mjs'
import { pluginBuild } from './plugin-build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

// Who has the one file alone can read there what it was made of.
const banner = `if (process.argv[2] === '--licenses') {
  process.stdout.write(require('node:sea').getAsset('licenses', 'utf8'))
  return
}
const __url = require('node:url').pathToFileURL(__filename).href`

/**
 * The text of the script, the files that it was made of (by their path from the root of the workspace), and the addons that it
 * asks for by the names of {@link loadAddon}. Throws where it would ask for a package when it runs.
 */
export const bundleAgent = async (entry, arch) => {
  const addons = new Map()
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'agent.cjs',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    conditions: ['development'],
    mainFields: ['module', 'main'],
    banner: { js: banner },
    define: { 'import.meta.url': '__url' },
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [lazyLocales, pluginBuild, mastersAlone, notInstalled, askedWhenBuilt, zeromqInside(addons, arch)],
  })
  const asked = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  const missing = asked.filter((path) => !isBuiltin(path) && !path.startsWith('zod/v4/locales/'))
  if (missing.length > 0) throw new Error(`${entry} asks for ${missing.join(', ')} when it runs`)
  const inputs = Object.keys(metafile.inputs).map((input) => join(root, input))
  return { text: outputFiles[0].text, inputs: [...inputs, ...addons.values()], addons }
}

/** What only a master uses counts as not installed. */
const mastersAlone = {
  name: 'masters-alone',
  setup({ onResolve, onLoad }) {
    const filter = /^@prove\/((loader|report|inventory)-\w+|executor-(ssh|openssh|agent))$/
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'masters-alone' }))
    onLoad({ filter: /./, namespace: 'masters-alone' }, () => ({ contents: 'export default undefined' }))
  },
}

/** Native code that WebSockets are a little faster with, and look for at every start. */
const notInstalled = {
  name: 'not-installed',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(bufferutil|utf-8-validate)$/ }, ({ path }) => ({ path, namespace: 'not-installed' }))
    onLoad({ filter: /./, namespace: 'not-installed' }, () => ({ contents: "throw new Error('not installed')" }))
  },
}

const runtimeRequire = /createRequire\(import\.meta\.url\)/

/** What our sources ask for by `require` of their own, because ES modules have none, is inside as well. */
const askedWhenBuilt = {
  name: 'asked-when-built',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!runtimeRequire.test(text)) return undefined
      const contents = text.replaceAll(/createRequire\(import\.meta\.url\)(?=\(')/g, 'require')
      if (runtimeRequire.test(contents))
        throw new Error(`${path} asks for packages by names that are not written there`)
      return { contents, loader: 'ts' }
    })
  },
}

/** ZeroMQ looks for its native part in a folder beside it. The one for the oldest libc that has Node's own interface runs on all. */
const zeromqInside = (addons, arch) => ({
  name: 'zeromq-inside',
  setup({ onLoad }) {
    onLoad({ filter: /\/zeromq\/lib\/load-addon\.js$/ }, ({ path }) => {
      addons.set('zeromq.node', join(dirname(path), `../build/linux/${arch}/node/glibc-127-Release/addon.node`))
      const loader = createRequire(import.meta.url).resolve('./addon-in-file.cjs')
      const contents = `exports.__esModule = true; exports.default = require(${JSON.stringify(loader)}).loadAddon('zeromq.node')`
      return { contents, loader: 'js', resolveDir: dirname(loader) }
    })
  },
})
