import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { packageFolder } from '../package-folder.js'
import type { Files, Template } from './plugin-files.js'
import type { PluginKind } from './plugin-kinds.js'

const filesIn = (folder: string): Files => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()
  const paths = names.filter((name) => statSync(join(folder, name)).isFile())
  return new Map(paths.map((name) => [madeName(name), readFileSync(join(folder, name), 'utf8')]))
}

/** A manifest inside a package would be taken for one of its own. */
const madeName = (name: string): string => name.split(sep).join('/').replace('package.template.json', 'package.json')

/** What a new plugin of this kind is made of. */
export const readTemplate = (kind: PluginKind): Template => {
  const templates = join(packageFolder, 'templates')
  return { kind: filesIn(join(templates, kind)), every: filesIn(join(templates, 'every')) }
}
