import { didYouMean, ProveError } from '@prove/core'
import { type PluginKind, pluginKindNames } from './plugin-kinds.js'

/** The kind of this name. Throws PRV_USAGE with the nearest one. */
export const parsePluginKind = (word: string): PluginKind => {
  const kind = pluginKindNames.find((name) => name === word)
  if (kind !== undefined) return kind
  throw new ProveError('PRV_USAGE', `there is no kind of plugin "${word}"`, {
    hint: didYouMean(word, pluginKindNames) ?? `kinds are ${pluginKindNames.join(', ')}`,
  })
}
