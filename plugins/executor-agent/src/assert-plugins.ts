import { type AgentDestination, isMap, type PluginBuild, ProveError, ProveErrors } from '@prove/core'

/** The state functions that a request names. */
export const functionsIn = (request: unknown): readonly string[] => {
  const states = isMap(request) && Array.isArray(request['states']) ? (request['states'] as readonly unknown[]) : []
  const parts = states.flatMap((state) =>
    isMap(state) && Array.isArray(state['parts']) ? (state['parts'] as unknown[]) : [],
  )
  return [...new Set(parts.flatMap((part) => (isMap(part) && typeof part['fn'] === 'string' ? [part['fn']] : [])))]
}

/**
 * Refuses states that the agent would not carry out as this side means them: their plugins must be there, and the same. Throws
 * PRV_AGENT_PLUGIN for each that is not, by the names of its functions.
 */
export const assertPlugins = (
  functions: readonly string[],
  { target, pluginOf }: Pick<AgentDestination, 'target' | 'pluginOf'>,
  there: readonly PluginBuild[],
): void => {
  const names = new Map<string, { readonly plugin: PluginBuild; readonly functions: string[] }>()
  for (const fn of functions) {
    const plugin = pluginOf(fn)
    if (plugin === undefined) continue
    const known = names.get(plugin.name) ?? { plugin, functions: [] }
    known.functions.push(fn)
    names.set(plugin.name, known)
  }
  const errors = [...names.values()].flatMap(({ plugin, functions: own }) => {
    const found = there.find(({ name }) => name === plugin.name)
    if (found !== undefined && found.build === plugin.build) return []
    const what =
      found === undefined
        ? `the agent of "${target}" does not have the plugin "${plugin.name}"`
        : `the agent of "${target}" has "${plugin.name}" ${shown(found)}, and this is ${shown(plugin)}`
    return [
      new ProveError('PRV_AGENT_PLUGIN', `${what}: nothing is known of ${own.join(', ')} there`, {
        hint: `run "prove agent deploy -t ${target}" to bring the agent of this version there`,
      }),
    ]
  })
  const [first] = errors
  if (first !== undefined) throw errors.length === 1 ? first : new ProveErrors(errors)
}

const shown = ({ build }: PluginBuild): string => build ?? 'of sources'
