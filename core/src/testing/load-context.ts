import type { LoadContext, Loader } from '../contracts/loader.js'
import type { Scope } from '../contracts/scope.js'

/** What a loader is given in a test: an empty scope, unless parts of it are named. */
export const loadContext = (
  scope: Partial<Scope> = {},
  { loaders = [], templateFolders = [] }: { loaders?: readonly Loader[]; templateFolders?: readonly string[] } = {},
): LoadContext => ({
  scope: {
    target: { name: 'web1', host: 'web1', groups: [], roles: [] },
    variables: {},
    facts: {},
    with: {},
    ...scope,
  },
  templateFolders,
  loader: (name) => loaders.find((loader) => loader.name === name),
})
