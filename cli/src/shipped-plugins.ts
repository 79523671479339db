interface ShippedPlugin {
  /** How the names of its state functions begin. */
  readonly functions: readonly string[]
  /** What it can write a run as. A plugin that has these is loaded only when one of them is asked for. */
  readonly reports?: readonly string[]
  load(): Promise<{ default: unknown }>
}

/** The plugins that come with Prove: the one place that names them. */
export const shippedPlugins: Readonly<Record<string, ShippedPlugin>> = {
  '@prove/executor-local': { functions: [], load: () => import('@prove/executor-local') },
  '@prove/facts-host': { functions: [], load: () => import('@prove/facts-host') },
  '@prove/inventory-ansible': { functions: [], load: () => import('@prove/inventory-ansible') },
  '@prove/loader-json': { functions: [], load: () => import('@prove/loader-json') },
  '@prove/loader-nunjucks': { functions: [], load: () => import('@prove/loader-nunjucks') },
  '@prove/loader-ts': { functions: [], load: () => import('@prove/loader-ts') },
  '@prove/loader-yaml': { functions: [], load: () => import('@prove/loader-yaml') },
  '@prove/meta-core': { functions: ['meta.'], load: () => import('@prove/meta-core') },
  '@prove/report-html': { functions: [], reports: ['html'], load: () => import('@prove/report-html') },
  '@prove/state-cmd': { functions: ['cmd.'], load: () => import('@prove/state-cmd') },
  '@prove/state-file': { functions: ['file.'], load: () => import('@prove/state-file') },
}

/** What is loaded where the configuration lists no plugins: all that a first user needs. */
export const standardPreset = Object.keys(shippedPlugins).filter((name) => shippedPlugins[name]?.reports === undefined)

/** The shipped plugin that a state function belongs to. */
export const shippedPluginOf = (fn: string): string | undefined =>
  Object.entries(shippedPlugins).find(([, { functions }]) => functions.some((prefix) => fn.startsWith(prefix)))?.[0]
