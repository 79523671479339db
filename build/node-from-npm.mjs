import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The Node that the tests run on besides that of the machine, and that the agent's file holds. */
export const pinnedNode = '24.21.0'

/** What is fetched once stays here. Not in the user's cache: tests run it as other users too, who may go where this clone is. */
export const cacheFolder = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))

/** The folder of a package of npm, installed alone, without its scripts, into the cache of this clone. `cpu` is whom it is for. */
export const cachedPackage = (name, version, cpu = process.arch) => {
  const prefix = join(cacheFolder, `${name}-${version}`)
  const folder = join(prefix, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  // npm only installs for this processor otherwise.
  const foreign = cpu === process.arch ? [] : ['--force']
  const quiet = [...foreign, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--loglevel=error']
  const { status, error } = spawnSync('npm', ['install', '--prefix', prefix, ...quiet, `${name}@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`npm could not install ${name} ${version}`)
  return folder
}

/** The folder of a Node for Linux, with `bin/node` and `LICENSE`. */
export const nodeFromNpm = ({ arch = process.arch } = {}) => {
  if (!['x64', 'arm64'].includes(arch)) throw new Error(`npm has no Node for Linux on ${arch} that is known of here`)
  return cachedPackage(`node-linux-${arch}`, pinnedNode, arch)
}
