import { type PluginKind, pluginKinds } from './plugin-kinds.js'
import type { PluginName } from './plugin-name.js'

/** Texts by their paths in a package, with slashes. */
export type Files = ReadonlyMap<string, string>

export interface Template {
  /** A package of its kind whose name is `acme`. */
  readonly kind: Files
  /** What packages of all kinds have. */
  readonly every: Files
}

/** `myThing` for `my-thing`. */
const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_hyphen, letter: string) => letter.toUpperCase())

/**
 * The files of a new plugin: those of its template under its own name. In a template `prove-…-acme` is the package, `acme` with a capital
 * behind it part of an identifier, and any other `acme` the short name. `core` is the version that the plugin is made for.
 */
export const pluginFiles = (kind: PluginKind, name: PluginName, template: Template, core: string): Files => {
  const { short, packageName } = name
  const renamed = (text: string): string =>
    text.replaceAll(/prove-[a-z]+-acme\b|acme(?=[A-Z])|\bacme\b/g, (found, at: number) => {
      if (found !== 'acme') return packageName
      return /[A-Z]/.test(text.charAt(at + found.length)) ? camelCase(short) : short
    })
  const { every } = template
  const manifest = JSON.parse(every.get('package.json') ?? '') as Manifest
  const range = manifest.peerDependencies['@prove/core']
  const made = { ...manifest, name: packageName, description: pluginKinds[kind].replace('NAME', short) }
  const files = new Map<string, string>()
  for (const [path, text] of [...template.kind, ...every]) {
    // npm would not ship a file of this name, and heed it besides.
    const to = path === 'gitignore' ? '.gitignore' : renamed(path)
    // The readme of the kind comes first, and behind it what holds for all.
    files.set(to, (files.get(to) ?? '') + renamed(text))
  }
  files.set('package.json', `${JSON.stringify(made, null, 2)}\n`)
  return new Map(Array.from(files, ([path, text]) => [path, text.replaceAll(range, `^${core}`)]))
}

interface Manifest {
  readonly peerDependencies: { readonly '@prove/core': string }
}
