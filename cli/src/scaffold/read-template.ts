import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files, Template } from './plugin-files.js'
import type { PluginKind } from './plugin-kind.js'

/** The folder of the templates: above this module, whether that runs from its source, compiled, or bundled. */
const templatesFolder = (): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = join(folder, 'templates')
    if (existsSync(join(found, 'every/package.json'))) return found
    if (folder === dirname(folder)) throw new Error('the templates of plugins are missing from this installation')
  }
}

const filesIn = (folder: string): Files => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  const paths = names.filter((name) => statSync(join(folder, name)).isFile())
  return new Map(paths.map((name) => [name.split(sep).join('/'), readFileSync(join(folder, name), 'utf8')]))
}

/** What a new plugin of this kind is made of. */
export const readTemplate = (kind: PluginKind): Template => {
  const folder = templatesFolder()
  return { kind: filesIn(join(folder, kind)), every: filesIn(join(folder, 'every')) }
}
