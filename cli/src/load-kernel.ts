import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createKernel, importPlugin, type Kernel, type Plugin, type ProveConfig } from '@prove/core'
import { shippedPluginOf, shippedPlugins, standardPreset } from './shipped-plugins.js'

/** The kernel with the plugins that the configuration lists, or the standard preset where it lists none. */
export const loadKernel = async (config: ProveConfig): Promise<Kernel> => {
  const listed: readonly (string | Plugin)[] = config.plugins.length === 0 ? standardPreset : config.plugins
  const candidates = await Promise.all(
    listed.map(async (item) =>
      typeof item === 'string'
        ? { asked: item, plugin: await load(item, config.folder) }
        : { asked: nameOf(item), plugin: item },
    ),
  )
  const kernel = createKernel(candidates)
  kernel.hooks.configure.call(config)
  return kernel
}

const load = async (name: string, folder: string): Promise<unknown> => {
  const shipped = shippedPlugins[name]
  return shipped === undefined ? importPlugin(name, folder) : (await shipped.load()).default
}

const nameOf = ({ name }: Plugin): string => (typeof name === 'string' ? name : 'a plugin in the configuration')

/** What to do about a function that a shipped plugin has and the configuration does not list. */
export const hintForFunction =
  (config: ProveConfig) =>
  (fn: string): string | undefined => {
    const plugin = shippedPluginOf(fn)
    if (plugin === undefined || config.file === undefined || config.plugins.length === 0) return undefined
    if (config.plugins.some((item) => item === plugin)) return undefined
    return `add "${plugin}" to ${basename(config.file)}:${lineOfPlugins(config.file)}`
  }

const lineOfPlugins = (file: string): number => {
  const lines = readFileSync(file, 'utf8').split('\n')
  return (
    Math.max(
      0,
      lines.findIndex((line) => /\bplugins\b/.test(line)),
    ) + 1
  )
}
