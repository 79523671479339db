import type { Kernel, PluginBuild } from '@prove/core'
import type { LastMet } from '@prove/link'

/** A plugin of an agent beside that of this master. `build` is what it was built from, on the agent; `own` here. */
export interface ComparedPlugin {
  readonly name: string
  readonly build?: string | undefined
  readonly own?: string | undefined
  /** `other`: of another build. `missing`: not on the agent. `unused`: not here. */
  readonly compared: 'same' | 'other' | 'missing' | 'unused'
}

/**
 * The plugins of an agent and those of this master, by name. Of those that the agent does not have, only the ones with state
 * functions are missing: the others do their work here.
 */
export const comparePlugins = async (
  { plugins: there }: Pick<LastMet, 'plugins'>,
  kernel: Kernel,
): Promise<readonly ComparedPlugin[]> => {
  await kernel.bring()
  const here = new Map(kernel.plugins.map((plugin) => [plugin.name, plugin]))
  const needed = new Set(kernel.functions.names.flatMap((fn) => kernel.pluginOf(fn)?.name ?? []))
  const known = there.map((plugin) => compared(plugin, here.get(plugin.name)))
  const names = new Set(there.map(({ name }) => name))
  const missing = [...here.values()]
    .filter(({ name }) => needed.has(name) && !names.has(name))
    .map(({ name, build: own }) => ({ name, own, compared: 'missing' }) as const)
  return [...known, ...missing].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const compared = ({ name, build }: LastMet['plugins'][number], own: PluginBuild | undefined): ComparedPlugin => {
  if (own === undefined) return { name, build, compared: 'unused' }
  return { name, build, own: own.build, compared: own.build === build ? 'same' : 'other' }
}
