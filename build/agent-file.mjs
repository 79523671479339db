// Makes of an entry one file that runs on a host without Node: node build/agent-file.mjs [--entry FILE] [--output FILE] [--arch ARCH] [--fresh]
// Why so, and what was weighed: docs/decisions/0028-one-file-agent.md
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundleAgent } from './agent-bundle.mjs'
import { cachedPackage, cacheFolder, nodeFromNpm, pinnedNode } from './node-from-npm.mjs'
import { noticesOf } from './notices.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

/** What tells Node that a script is inside. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

const postject = '1.0.0-alpha.6'

/** What these tools say is shown when they fail. */
const quiet = { stdio: 'pipe' }

/** An agent waits nearly always: V8 is to give back what it does not need, and not to take more than that in the first place. */
const flagsOfV8 = ['--max-semi-space-size=1', '--optimize-for-size']

/**
 * The path of the file, made where the cache lacks one that was made of the same. `arch` is as Node names it; for another one than
 * this machine's the file is made, and cannot be tried here.
 */
export const agentFile = async ({ entry, arch = process.arch, flags = flagsOfV8, fresh = false }) => {
  const { text, inputs, addons } = await bundleAgent(entry, arch)
  const node = nodeFromNpm({ arch })
  const licenses = [readFileSync(join(node, 'LICENSE'), 'utf8'), noticesOf(inputs)].join(`\n${'-'.repeat(80)}\n`)
  const parts = [
    pinnedNode,
    postject,
    arch,
    ...flags,
    text,
    licenses,
    ...[...addons].flatMap(([name, path]) => [name, readFileSync(path)]),
    // How it is put together is part of what it is made of.
    readFileSync(here('agent-file.mjs')),
  ]
  const sum = createHash('sha256')
  for (const part of parts) sum.update(`${part.length}\n`).update(part)
  const folder = join(cacheFolder, 'agent')
  const file = join(folder, `prove-agent-${arch}-${sum.digest('hex').slice(0, 16)}`)
  if (existsSync(file) && !fresh) return { file, licenses }
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(join(folder, 'making-'))
  try {
    const made = await put({ work, node, text, licenses, addons, flags, arch })
    renameSync(made, file)
    removeOldest(folder, arch)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return { file, licenses }
}

/** Each is some 110 MB; those of a few entries and states of the sources are enough. */
const removeOldest = (folder, arch) => {
  const made = readdirSync(folder).filter((name) => name.startsWith(`prove-agent-${arch}-`))
  const age = (name) => statSync(join(folder, name)).mtimeMs
  for (const name of made.toSorted((a, b) => age(b) - age(a)).slice(4)) rmSync(join(folder, name))
}

/** Puts script and assets into a copy of Node that has no symbols. */
const put = async ({ work, node, text, licenses, addons, flags, arch }) => {
  writeFileSync(join(work, 'agent.cjs'), text)
  writeFileSync(join(work, 'licenses'), licenses)
  const config = {
    main: 'agent.cjs',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    execArgv: flags,
    // What the environment says of Node is about programs, and this one only looks like Node from inside.
    execArgvExtension: 'none',
    assets: { licenses: 'licenses', ...Object.fromEntries(addons) },
  }
  writeFileSync(join(work, 'config.json'), JSON.stringify(config))
  // The blob is the same for all processors, and is made by a Node that runs here.
  const maker = join(nodeFromNpm(), 'bin/node')
  execFileSync(maker, ['--experimental-sea-config', 'config.json'], { cwd: work, ...quiet })
  const made = join(work, 'made')
  copyFileSync(join(node, 'bin/node'), made)
  chmodSync(made, 0o755)
  // Before the blob goes in: afterwards its place is in the way of strip.
  if (arch === process.arch) execFileSync('strip', ['--strip-unneeded', made], quiet)
  const injector = join(cachedPackage('postject', postject), 'dist/cli.js')
  execFileSync(process.execPath, [injector, made, 'NODE_SEA_BLOB', join(work, 'blob'), '--sentinel-fuse', fuse], quiet)
  return made
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      entry: { type: 'string', default: 'cli/src/agent-main.ts' },
      output: { type: 'string', default: 'prove-agent' },
      arch: { type: 'string', default: process.arch },
      fresh: { type: 'boolean' },
    },
  })
  const { file } = await agentFile(values)
  mkdirSync(dirname(values.output), { recursive: true })
  copyFileSync(file, values.output)
  console.log(values.output)
}
