import { ProveError } from '@prove/core'
import { type PluginKind, pluginKindNames } from './plugin-kinds.js'

/** The names of a new plugin. */
export interface PluginName {
  /** What its functions, files and addresses begin with: `redis`. */
  readonly short: string
  /** What npm knows it by: `prove-state-redis`, with a scope where one was given. */
  readonly packageName: string
  /** The package's name without its scope. */
  readonly folder: string
}

/** The most letters that npm allows. */
const longest = 214

const refuse = (message: string, hint: string): ProveError => new ProveError('PRV_USAGE', message, { hint })

/** The same word as it may be written, or a word that shows how. */
const mended = (word: string): string =>
  word
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '') || 'redis'

/**
 * The names that a word stands for: `redis`, `state-redis`, `prove-state-redis` and `@acme/redis` are all understood. Throws
 * PRV_USAGE for what cannot be the name of a package.
 */
export const pluginName = (kind: PluginKind, word: string): PluginName => {
  const [, scope, rest = ''] = /^(?:(@[^/]*)\/)?(.*)$/s.exec(word) ?? []
  if (scope !== undefined && !/^@[a-z0-9][a-z0-9._-]*$/.test(scope)) {
    throw refuse(`"${scope}" cannot be the scope of a package`, `write it in lower case: "@acme/${mended(rest)}"`)
  }
  const other = pluginKindNames.find((name) => name !== kind && rest.startsWith(`prove-${name}-`))
  if (other !== undefined) {
    throw refuse(`"${rest}" names a plugin of the kind "${other}"`, `run "prove plugin new ${other} ${word}"`)
  }
  const short = rest.replace(/^prove-/, '').replace(new RegExp(`^${kind}-(?=.)`), '')
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(short)) {
    throw refuse(
      `"${word}" cannot be the name of a plugin`,
      `use lower-case letters, digits and hyphens, a letter first: "${mended(short)}"`,
    )
  }
  const folder = `prove-${kind}-${short}`
  const packageName = scope === undefined ? folder : `${scope}/${folder}`
  if (packageName.length > longest) {
    throw refuse(`the name of a package has at most ${longest} letters`, 'choose a shorter name')
  }
  return { short, packageName, folder }
}
