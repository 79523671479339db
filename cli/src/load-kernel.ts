import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createKernel, importPlugin, type Kernel, type LaterPlugin, type Plugin, type ProveConfig } from '@prove/core'
import { bringsOf, isInstalled, loadShipped, shippedPluginOf, standardPreset } from './shipped-plugins.js'

/** A plugin, and the name that it was asked for by. */
interface Candidate {
  readonly asked: string
  readonly plugin: unknown
}

/**
 * The kernel with the plugins that the configuration lists, or where it lists none those of the standard preset that are
 * installed. Shipped ones are loaded when something of theirs is asked for, as far as it is known what they bring.
 */
export const loadKernel = async (config: ProveConfig): Promise<Kernel> => {
  const kernel = createKernel(await (config.plugins.length === 0 ? standard() : listed(config)))
  kernel.hooks.configure.call(config)
  return kernel
}

/** The plugins of the standard preset. One that is not installed was left out on purpose: nobody asked for it by name. */
export const standardPlugins = async (): Promise<readonly Candidate[]> => {
  const found = await Promise.all(standardPreset.map(async (asked) => ({ asked, plugin: await loadShipped(asked) })))
  return found.filter(({ plugin }) => plugin !== undefined)
}

const standard = async (): Promise<readonly (Candidate | LaterPlugin)[]> => {
  const found = await Promise.all(
    standardPreset.map(async (asked) => {
      const load = (): Promise<unknown> => loadShipped(asked)
      const brings = bringsOf(asked)
      return brings === undefined ? { asked, plugin: await load() } : { asked, brings, load }
    }),
  )
  return found.filter((each) => 'load' in each || each.plugin !== undefined)
}

const listed = ({ plugins, folder }: ProveConfig): Promise<readonly (Candidate | LaterPlugin)[]> =>
  Promise.all(
    plugins.map(async (item) => {
      if (typeof item !== 'string') return { asked: nameOf(item), plugin: item }
      const load = async (): Promise<unknown> => (await loadShipped(item)) ?? (await importPlugin(item, folder))
      const brings = bringsOf(item)
      // That one is missing which was asked for by name is told at once.
      const canWait = brings !== undefined && isInstalled(item, folder)
      return canWait ? { asked: item, brings, load } : { asked: item, plugin: await load() }
    }),
  )

const nameOf = ({ name }: Plugin): string => (typeof name === 'string' ? name : 'a plugin in the configuration')

/** What to do about a function that a shipped plugin has: one that is not installed, or that the configuration does not list. */
export const hintForFunction =
  (config: ProveConfig) =>
  (fn: string): string | undefined => {
    const plugin = shippedPluginOf(fn)
    if (plugin === undefined || config.plugins.some((item) => item === plugin)) return undefined
    const install = isInstalled(plugin, config.folder) ? undefined : `run "npm install ${plugin}"`
    if (config.file === undefined || config.plugins.length === 0) return install
    const place = `${basename(config.file)}:${lineOfPlugins(config.file)}`
    return install === undefined ? `add "${plugin}" to ${place}` : `${install}, and add it to ${place}`
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
