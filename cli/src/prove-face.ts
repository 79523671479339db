import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commands, parents } from './commands/index.js'
import { packageFolder } from './package-folder.js'
import type { Face } from './program.js'

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly version: string
}

const introduction = `Begin with:
  prove init site && cd site    a catalog that works
  prove plan                    what would change, and how sure that is
  prove apply                   make it so
`

/** The program `prove`. */
export const proveFace: Face = {
  name: 'prove',
  version,
  about: 'Make hosts be what you declared, and say beforehand what that takes.',
  commands,
  parents,
  introduction,
  openProject: async (folder) => (await import('./project.js')).openProject(folder),
}
