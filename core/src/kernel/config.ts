import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { messageOf, ProveError, ProveErrors } from '../error.js'
import { didYouMean } from '../nearest.js'
import { isMap } from '../json.js'
import type { Plugin } from './plugin.js'

const elevation = z.union([
  z.enum(['sudo', 'doas', 'su']),
  z.strictObject({ method: z.enum(['sudo', 'doas', 'su']), user: z.string().default('root') }),
])

const target = z.strictObject({
  executor: z.string().default('local'),
  options: z.record(z.string(), z.unknown()).default({}),
  elevate: elevation.optional(),
})

const schema = z.strictObject({
  plugins: z.array(z.union([z.string(), z.custom<Plugin>(isMap, 'expected a plugin or its name')])).default([]),
  targets: z.record(z.string(), target).default({}),
  states: z.array(z.string()).default([]),
})

/** What a configuration file may hold. */
export type ConfigInput = z.input<typeof schema>

export interface ProveConfig extends z.output<typeof schema> {
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
  return createJiti(import.meta.url, { fsCache: false }).import(file, { default: true })
}

/** Finds and reads the configuration, from a folder upwards; an empty one when there is none. */
export const loadConfig = async (from: string): Promise<ProveConfig> => {
  const { cosmiconfig } = await import('cosmiconfig')
  const loaders = { '.ts': load, '.mts': load, '.js': load, '.mjs': load }
  const explorer = cosmiconfig('prove', { searchPlaces, loaders, stopDir: '/', searchStrategy: 'global' })
  const found = await explorer.search(from).catch((error: unknown) => {
    throw new ProveError('PRV_CONFIG_LOAD', messageOf(error), { cause: error })
  })
  if (found === null || found.isEmpty === true) return { ...schema.parse({}), file: undefined, folder: from }
  return { ...parseConfig(found.config, found.filepath), file: found.filepath, folder: dirname(found.filepath) }
}

const parseConfig = (value: unknown, file: string): z.output<typeof schema> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new ProveErrors(result.error.issues.flatMap((issue) => configErrors(issue, basename(file))))
}

/** The keys that are known at a place of the configuration. */
const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
  if (path.length === 0) return Object.keys(schema.shape)
  if (path[0] === 'targets') return path.length === 2 ? Object.keys(target.shape) : ['method', 'user']
  return []
}

const configErrors = (issue: z.core.$ZodIssue, file: string): readonly ProveError[] => {
  const at = (path: readonly PropertyKey[]): string => path.map(String).join('.')
  if (issue.code !== 'unrecognized_keys') {
    return [new ProveError('PRV_CONFIG_INVALID', `${file}: "${at(issue.path)}": ${issue.message}`)]
  }
  const known = keysAt(issue.path)
  return issue.keys.map((key) => {
    const hint = didYouMean(key, known) ?? `keys are ${known.join(', ')}`
    return new ProveError('PRV_CONFIG_INVALID', `${file}: unknown key "${at([...issue.path, key])}"`, { hint })
  })
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
