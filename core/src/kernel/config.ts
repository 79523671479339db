import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import type { z } from 'zod'
import { messageOf, type Place, ProveError, ProveErrors } from '../error.js'
import { didYouMean } from '../nearest.js'
import { type SchemaProblem, schemaProblems } from '../schema-problems.js'
import { placeInConfig } from './config-place.js'
import {
  configSchema,
  groupSchema,
  historySchema,
  roleSchema,
  targetSchema,
  type targetsSchema,
} from './config-schema.js'

/** What a configuration file may hold. */
export interface ConfigInput extends Omit<z.input<typeof configSchema>, 'targets'> {
  readonly targets?: z.input<typeof targetsSchema>
}

export interface ProveConfig extends z.output<typeof configSchema> {
  /** The file it came from; undefined when there is none. */
  readonly file: string | undefined
  /** The folder that everything is relative to. */
  readonly folder: string
}

/** Gives completion and checking in an editor. */
export const defineConfig = (config: ConfigInput): ConfigInput => config

const searchPlaces = [
  'prove.config.ts',
  'prove.config.mts',
  'prove.config.js',
  'prove.config.mjs',
  'prove.config.yaml',
  'prove.config.yml',
  'prove.config.json',
  'package.json',
]

/** Runs a module of the user, TypeScript or not. jiti is loaded only then. */
const load = async (file: string): Promise<unknown> => {
  const { createJiti } = await import('jiti')
  // The core that runs is the one that the configuration imports, installed beside it or not.
  const virtualModules = { '@prove/core': await import('../index.js') }
  return createJiti(import.meta.url, { fsCache: false, virtualModules }).import(file, { default: true })
}

/** It takes Zod longer to make code of a schema than to read it once without. */
const onlyOnce = { jitless: true }

/** Whether a search from this folder upwards may find one. Most that ask have none, and need nothing that reads it. */
const mayFind = (from: string): boolean => {
  for (let folder = from; ; folder = dirname(folder)) {
    if (searchPlaces.some((name) => mayHold(join(folder, name)))) return true
    if (folder === dirname(folder)) return mayBeGlobal()
  }
}

/** Behind all folders cosmiconfig looks into that of the user for configurations. */
const mayBeGlobal = (): boolean => {
  const { XDG_CONFIG_HOME = '', HOME = '' } = process.env
  const folders = [XDG_CONFIG_HOME, join(HOME, '.config'), join(HOME, 'Library/Preferences')]
  return folders.some((folder) => existsSync(join(folder, 'prove')))
}

const mayHold = (file: string): boolean => {
  if (basename(file) !== 'package.json') return existsSync(file)
  try {
    return readFileSync(file, 'utf8').includes('"prove"')
  } catch {
    return existsSync(file)
  }
}

const noConfig = (folder: string): ProveConfig => ({ ...configSchema.parse({}, onlyOnce), file: undefined, folder })

/** Finds and reads the configuration, from a folder upwards; an empty one when there is none. */
export const loadConfig = async (from: string): Promise<ProveConfig> => {
  if (!mayFind(from)) return noConfig(from)
  const { cosmiconfig } = await import('./cosmiconfig.js')
  const loaders = { '.ts': load, '.mts': load, '.js': load, '.mjs': load }
  const explorer = cosmiconfig('prove', { searchPlaces, loaders, stopDir: '/', searchStrategy: 'global' })
  const found = await explorer.search(from).catch((error: unknown) => {
    throw unreadable(error, from)
  })
  if (found === null || found.isEmpty === true) return noConfig(from)
  return { ...parseConfig(found.config, found.filepath), file: found.filepath, folder: dirname(found.filepath) }
}

const parseConfig = (value: unknown, file: string): z.output<typeof configSchema> => {
  const result = configSchema.safeParse(value, onlyOnce)
  if (result.success) return result.data
  throw new ProveErrors(schemaProblems(result.error).flatMap((problem) => configErrors(problem, file)))
}

/** The keys that are known at a place of the configuration. */
const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
  if (path.length === 0) return Object.keys(configSchema.shape)
  const [list] = path
  if (list === 'history') return Object.keys(historySchema.shape)
  const shapes: Readonly<Record<string, object>> = {
    targets: targetSchema.shape,
    groups: groupSchema.shape,
    roles: roleSchema.shape,
  }
  const shape = typeof list === 'string' && path.length === 2 ? shapes[list] : undefined
  return Object.keys(shape ?? {})
}

const configErrors = ({ path, message, unknownKeys }: SchemaProblem, file: string): readonly ProveError[] => {
  const text = readFileSync(file, 'utf8')
  const refuse = (said: string, at: readonly PropertyKey[], hint?: string): ProveError =>
    new ProveError('PRV_CONFIG_INVALID', `${basename(file)}: ${said}`, { place: placeInConfig(file, text, at), hint })
  if (unknownKeys === undefined) return [refuse(path.length === 0 ? message : `"${path.join('.')}": ${message}`, path)]
  const known = keysAt(path)
  return unknownKeys.map((key) => {
    const hint = didYouMean(key, known) ?? (known.length === 0 ? undefined : `keys are ${known.join(', ')}`)
    return refuse(`unknown key "${[...path, key].join('.')}"`, [...path, key], hint)
  })
}

/** A parser that ran out of text points behind it: at the end of what is written, then. */
const insideFile = (place: Place): Place => {
  const written = readFileSync(place.file, 'utf8').trimEnd().split('\n')
  return place.line <= written.length
    ? place
    : { file: place.file, line: written.length, column: (written.at(-1)?.length ?? 0) + 1 }
}

/** The errors of parsers tell the place in their text: `(2:1)`. */
const unreadable = (error: unknown, folder: string): ProveError => {
  const message = messageOf(error)
  const file = searchPlaces.map((name) => join(folder, name)).find((path) => message.includes(path))
  const at = /\((\d+):(\d+)\)/.exec(message)
  if (file === undefined || at === null) return new ProveError('PRV_CONFIG_LOAD', message, { cause: error })
  const lines = message.split('\n').filter((line) => at.index < 0 || line.trim() !== '')
  const said = (lines.find((line) => line.includes(at[0])) ?? message).replace(at[0], '').trim()
  const place = insideFile({ file, line: Number(at[1]), column: Number(at[2]) })
  return new ProveError('PRV_CONFIG_LOAD', `${basename(file)}: ${said}`, { place, cause: error })
}

/** Imports a plugin by package name, as seen from the configuration. */
export const importPlugin = async (name: string, folder: string): Promise<unknown> => {
  let path: string
  try {
    path = createRequire(join(folder, 'prove.config.js')).resolve(name)
  } catch (error) {
    throw new ProveError('PRV_PLUGIN_NOT_FOUND', `the plugin "${name}" is not installed`, {
      hint: `run "npm install ${name}" in ${folder}`,
      cause: error,
    })
  }
  try {
    const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown }
    return module.default
  } catch (error) {
    if (error instanceof ProveError) throw error
    throw new ProveError('PRV_PLUGIN_FAILED', `the plugin "${name}" failed to load: ${messageOf(error)}`, {
      cause: error,
    })
  }
}
