import { didYouMean, ProveError } from '@prove/core'

/** What a new plugin may bring, and the sentence that describes its package. */
export const pluginKinds = {
  state: 'State functions for NAME.',
  meta: 'Meta-states for NAME.',
  loader: 'Reads .NAME files.',
  executor: 'Reaches targets by NAME.',
  transport: 'Moves bytes between master and agent by NAME.',
} as const

export type PluginKind = keyof typeof pluginKinds

export const pluginKindNames = Object.keys(pluginKinds) as readonly PluginKind[]

/** The kind of this name. Throws PRV_USAGE with the nearest one. */
export const parsePluginKind = (word: string): PluginKind => {
  const kind = pluginKindNames.find((name) => name === word)
  if (kind !== undefined) return kind
  throw new ProveError('PRV_USAGE', `there is no kind of plugin "${word}"`, {
    hint: didYouMean(word, pluginKindNames) ?? `kinds are ${pluginKindNames.join(', ')}`,
  })
}
