import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Brings } from '@prove/core'
import { packageFolder } from './package-folder.js'

interface ShippedPlugin {
  /** All that it brings. It is loaded when some of that is asked for; without this it is loaded at once. */
  readonly brings?: Brings
  /** What it can write a run as. A plugin that has these is loaded only when one of them is asked for. */
  readonly reports?: readonly string[]
  load(): Promise<{ default: unknown }>
}

/** The plugins that come with Prove: the one place that names them. */
const shippedPlugins: Readonly<Record<string, ShippedPlugin>> = {
  '@prove/executor-agent': { brings: { executors: ['agent'] }, load: () => import('@prove/executor-agent') },
  '@prove/executor-local': { brings: { executors: ['local'] }, load: () => import('@prove/executor-local') },
  '@prove/executor-openssh': { brings: { executors: ['openssh'] }, load: () => import('@prove/executor-openssh') },
  '@prove/executor-ssh': { brings: { executors: ['ssh'] }, load: () => import('@prove/executor-ssh') },
  '@prove/facts-host': { load: () => import('@prove/facts-host') },
  '@prove/inventory-ansible': { brings: { inventories: ['ansible'] }, load: () => import('@prove/inventory-ansible') },
  '@prove/loader-json': { load: () => import('@prove/loader-json') },
  '@prove/loader-nunjucks': { load: () => import('@prove/loader-nunjucks') },
  '@prove/loader-ts': { load: () => import('@prove/loader-ts') },
  '@prove/loader-yaml': { load: () => import('@prove/loader-yaml') },
  '@prove/meta-core': { brings: { functions: ['meta.'] }, load: () => import('@prove/meta-core') },
  '@prove/report-junit': { reports: ['junit'], load: () => import('@prove/report-junit') },
  '@prove/report-html': { reports: ['html'], load: () => import('@prove/report-html') },
  '@prove/state-cmd': { brings: { functions: ['cmd.'] }, load: () => import('@prove/state-cmd') },
  '@prove/state-file': {
    brings: { functions: ['file.', 'archive.', 'ini.', 'json.', 'yaml.', 'toml.', 'env.'] },
    load: () => import('@prove/state-file'),
  },
  '@prove/state-git': { brings: { functions: ['git.'] }, load: () => import('@prove/state-git') },
  '@prove/state-nginx': { brings: { functions: ['nginx.'] }, load: () => import('@prove/state-nginx') },
  '@prove/state-pkg': { brings: { functions: ['pkg.', 'pkgrepo.'] }, load: () => import('@prove/state-pkg') },
  '@prove/state-service': {
    brings: { functions: ['service.', 'systemd.'] },
    load: () => import('@prove/state-service'),
  },
  '@prove/state-system': {
    brings: { functions: ['cron.', 'mount.', 'sysctl.', 'kernel.', 'system.', 'net.'] },
    load: () => import('@prove/state-system'),
  },
  '@prove/state-tls': { brings: { functions: ['tls.'] }, load: () => import('@prove/state-tls') },
  '@prove/transport-http': { brings: { transports: ['http', 'https'] }, load: () => import('@prove/transport-http') },
  '@prove/transport-tcp': { brings: { transports: ['tcp'] }, load: () => import('@prove/transport-tcp') },
  '@prove/transport-udp': { brings: { transports: ['udp'] }, load: () => import('@prove/transport-udp') },
  '@prove/transport-zmq': { brings: { transports: ['zmq'] }, load: () => import('@prove/transport-zmq') },
  '@prove/state-user': {
    brings: { functions: ['user.', 'group.', 'ssh.', 'sudo.'] },
    load: () => import('@prove/state-user'),
  },
}

/** What is loaded where the configuration lists no plugins, as far as it is installed: all that a first user needs. */
export const standardPreset = Object.keys(shippedPlugins).filter((name) => shippedPlugins[name]?.reports === undefined)

/** The shipped plugin that a state function belongs to. */
export const shippedPluginOf = (fn: string): string | undefined =>
  Object.entries(shippedPlugins).find(
    ([, { brings }]) => brings?.functions?.some((prefix) => fn.startsWith(prefix)) === true,
  )?.[0]

/** The plugin; undefined for a name that is not ours, and for one that is not installed beside the command line. */
export const loadShipped = async (name: string): Promise<unknown> => {
  try {
    return (await shippedPlugins[name]?.load())?.default
  } catch (error) {
    // What an installed plugin lacks is an error of its own.
    if (isInstalledFrom(packageFolder, name)) throw error
    return undefined
  }
}

/** What is known of a shipped plugin that need not be loaded at once. */
export const bringsOf = (name: string): Brings | undefined => shippedPlugins[name]?.brings

/** Whether a shipped plugin is there, beside the command line or for the configuration in a folder. */
export const isInstalled = (name: string, folder: string): boolean =>
  isInstalledFrom(packageFolder, name) || isInstalledFrom(folder, name)

/** As an import looks for it: NODE_PATH, which require heeds as well, is not asked. */
const isInstalledFrom = (folder: string, name: string): boolean => {
  const above = dirname(folder)
  return (
    existsSync(join(folder, 'node_modules', name, 'package.json')) || (above !== folder && isInstalledFrom(above, name))
  )
}

/** The reports that come with Prove, and the plugin that brings each. */
export const shippedReports: ReadonlyMap<string, string> = new Map(
  Object.entries(shippedPlugins).flatMap(([plugin, { reports = [] }]) => reports.map((name) => [name, plugin])),
)
