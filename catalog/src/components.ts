import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { knownErrors, type ProveConfig, z } from '@prove/core'
import type { Diagnostics } from './diagnostics.js'
import type { FileLoader } from './file-loader.js'
import { isFolder, namesIn } from './folders.js'
import { noScope } from './no-scope.js'
import type { Places } from './places.js'
import { shaped } from './shaped.js'
import { shownPath } from './shown-path.js'

/** A re-usable module: a folder with states, variables, files and templates. */
export interface Component {
  readonly name: string
  readonly folder: string
  /** The state file that an include means when it names none. */
  readonly entry: string
}

/** What component.yml may hold; all of it may be left out. */
export const componentSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\w@.+-]+$/)
      .meta({ description: 'Its name in includes and ids; that of its folder unless given.' }),
    about: z.string().meta({ description: 'One sentence.' }),
    entry: z.string().min(1).meta({ description: 'The state file that is meant when none is named: "main".' }),
  })
  .partial()

export interface ComponentGround {
  readonly files: FileLoader
  readonly config: Pick<ProveConfig, 'folder' | 'components'>
  readonly places: Places
  readonly diagnostics: Diagnostics
}

/** The components of the catalog: folders in `components/`, and the npm packages of the configuration. */
export const readComponents = async (ground: ComponentGround): Promise<ReadonlyMap<string, Component>> => {
  const { config, places, diagnostics } = ground
  const parent = join(config.folder, 'components')
  const folders = namesIn(parent, 'PRV_COMPONENT_SHAPE', diagnostics)
    .map((name) => join(parent, name))
    .filter(isFolder)
  const packages = config.components.flatMap((name, i) => {
    const folder = packageFolder(name, config.folder)
    if (folder !== undefined) return [folder]
    const place = places.placeOf(['components', i])
    const hint = `run "npm install ${name}" in ${config.folder}`
    diagnostics.add('PRV_COMPONENT_UNKNOWN', `the component package "${name}" is not installed`, { place, hint })
    return []
  })
  const components = new Map<string, Component>()
  for (const folder of [...packages, ...folders]) {
    // oxlint-disable-next-line no-await-in-loop -- a handful of small files, and errors stay in order
    const component = await readComponent(folder, ground)
    const other = components.get(component.name)
    if (other === undefined) components.set(component.name, component)
    else {
      const message = `"${component.name}" names two components: ${shownPath(other.folder)} and ${shownPath(folder)}`
      diagnostics.add('PRV_COMPONENT_SHAPE', message, { hint: 'give one of them another "name" in its component.yml' })
    }
  }
  return components
}

const packageFolder = (name: string, from: string): string | undefined => {
  // A component need not export anything: look for its folder where Node would look for the package.
  const folders = createRequire(join(from, 'prove.config.js')).resolve.paths(name) ?? []
  return folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')))
}

const readComponent = async (folder: string, { files, diagnostics }: ComponentGround): Promise<Component> => {
  const plain = { name: basename(folder), folder, entry: 'main' }
  const file = files.find(join(folder, 'component'))
  if (file === undefined) return plain
  try {
    const loaded = await files.load(file, noScope)
    const what = `the component "${plain.name}"`
    const shape = { schema: componentSchema, code: 'PRV_COMPONENT_SHAPE' as const, what }
    // One that is described wrongly still exists: that it is unknown would be a second error about the same.
    const described = shaped(shape, loaded.data, loaded, diagnostics)
    return { folder, name: described?.name ?? plain.name, entry: described?.entry ?? plain.entry }
  } catch (error) {
    if (knownErrors(error).length === 0) throw error
    for (const each of knownErrors(error)) diagnostics.take(each)
    return plain
  }
}
