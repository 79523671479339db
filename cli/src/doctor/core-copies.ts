import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Finding, ok, warn } from './finding.js'

/**
 * The copies of the core that packages around a catalog may load: with more than one, a plugin and Prove may each have their
 * own, whose errors and versions are not the same.
 */
export const coreFindings = (folder: string): readonly Finding[] => {
  const running = dirname(createRequire(import.meta.url).resolve('@prove/core/package.json'))
  const copies = [...new Set([running, ...copiesFrom(folder)].map((path) => realpathSync(path)))]
  if (copies.length === 1) return [ok('core', `one copy of @prove/core: ${versionIn(running)}`)]
  const listed = copies.map((path) => `${versionIn(path)} in ${path}`).join(', ')
  return [warn('core', `${copies.length} copies of @prove/core: ${listed}`, 'npm dedupe')]
}

const copiesFrom = (folder: string): readonly string[] => {
  const above = dirname(folder)
  return [...copiesIn(join(folder, 'node_modules')), ...(above === folder ? [] : copiesFrom(above))]
}

/** In a folder of packages: beside them, below each of them, and in the store of pnpm. */
const copiesIn = (modules: string): readonly string[] => {
  const packages = namesIn(modules).flatMap((name) =>
    name.startsWith('@') ? namesIn(join(modules, name)).map((inside) => `${name}/${inside}`) : [name],
  )
  const stored = namesIn(join(modules, '.pnpm')).filter((name) => name.startsWith('@prove+core@'))
  return [
    modules,
    ...packages.map((name) => join(modules, name, 'node_modules')),
    ...stored.map((name) => join(modules, '.pnpm', name, 'node_modules')),
  ]
    .map((each) => join(each, '@prove/core'))
    .filter((path) => existsSync(join(path, 'package.json')))
}

const versionIn = (folder: string): string => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version?: string }
  return manifest.version ?? 'no version'
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
