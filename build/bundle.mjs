// Makes of each package of the workspace the few JavaScript files that it ships: node build/bundle.mjs
// Types come from "tsc -b", which writes no JavaScript. Why, and what was weighed: docs/decisions/0015-bundles.md
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { noticesOf } from './notices.mjs'
import { scriptFiles } from './scripts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The folders of the packages, from the root of the workspace. */
export const packageFolders = [
  'core',
  'catalog',
  'link',
  'agent',
  'cli',
  ...readdirSync(join(root, 'plugins')).map((name) => `plugins/${name}`),
]

/** Entries by the name of their file in dist; other packages have their index alone. */
const entries = {
  core: {
    index: 'src/index.ts',
    'files/index': 'src/files/index.ts',
    'identity/index': 'src/identity/index.ts',
    'sockets/index': 'src/sockets/index.ts',
  },
  cli: { index: 'src/index.ts', main: 'src/main.ts', 'for-docs': 'src/for-docs.ts' },
}

/** Entries that only ES modules can be: Vitest is one. */
const apart = { core: { 'testing/index': 'src/testing/index.ts' } }

/** What the command line has inside is loaded with it; who else imports it imports an ES module. */
const modulesAlone = ['catalog']

/** What is shipped inside although it is a dependency: the declarations of core speak of its types. */
const insideAnyway = { core: ['tapable', 'zod'] }

// CommonJS packages that are inside ask for modules of Node in their own way.
const banner =
  "import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)"

const bundle = async (folder) => {
  const cwd = join(root, folder)
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
    readFileSync(join(cwd, 'package.json'), 'utf8'),
  )
  const outside = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
  const external = outside.filter((name) => !insideAnyway[folder]?.includes(name))
  const made = modulesAlone.includes(folder)
    ? await modulesOf(cwd, external)
    : await scriptFiles(cwd, {
        entries: entries[folder] ?? { index: 'src/index.ts' },
        apart: apart[folder],
        external,
      })
  const files = new Map([...made.files].map(([path, contents]) => [join(cwd, path), contents]))
  const notices = noticesOf(made.inputs.map((input) => join(cwd, input)))
  if (notices !== '') files.set(join(cwd, 'dist/THIRD-PARTY-LICENSES.txt'), Buffer.from(notices))
  for (const [path, contents] of files) writeIfOther(path, contents)
  for (const path of shippedIn(join(cwd, 'dist'))) if (!files.has(path)) rmSync(path)
  return [...files.keys()].map((path) => relative(root, path))
}

/** ES modules, for a package that has no script. */
const modulesOf = async (cwd, external) => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: cwd,
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['development'],
    mainFields: ['module', 'main'],
    external,
    banner: { js: banner },
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  const files = outputFiles.map(({ path, contents }) => [relative(cwd, path), contents])
  return { files: new Map(files), inputs: Object.keys(metafile.inputs) }
}

/** A program that runs from these files meanwhile finds each of them whole. */
const writeIfOther = (path, contents) => {
  if (existsSync(path) && readFileSync(path).equals(contents)) return
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, contents)
  renameSync(beside, path)
}

const shippedIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.c?js(\.map)?$|^THIRD-PARTY-LICENSES\.txt$/.test(name))
    .map((name) => join(folder, name))

/** Bundles all packages; vitest calls this before the tests, so that they never run an older build. */
export const setup = async () => {
  await Promise.all(packageFolders.map(bundle))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup()
