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
