import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Catalog, Errors, openCatalog, type Target } from '@prove/catalog'
import { type CompiledState, createKernel, type Kernel, type LaterPlugin, loadConfig, type Plugin } from '@prove/core'
import executorLocal from '@prove/executor-local'
import loaderYaml from '@prove/loader-yaml'
import stateCmd from '@prove/state-cmd'
import stateFile from '@prove/state-file'

const folders: string[] = []

/** Removes what the tests wrote. */
export const removeCatalogs = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

export interface OpenedCatalog {
  readonly catalog: Catalog
  readonly folder: string
  readonly target: (name: string) => Target
  /** The compiled states of a target. Throws what is wrong with them. */
  readonly states: (name: string, facts?: Readonly<Record<string, unknown>>) => Promise<readonly CompiledState[]>
  /** Their full ids, in order. */
  readonly ids: (name: string) => Promise<readonly string[]>
}

const kernelWith = (plugins: readonly Plugin[], later: readonly LaterPlugin[]): Kernel => {
  const atOnce = [executorLocal, loaderYaml, stateCmd, stateFile, ...plugins]
  return createKernel([...atOnce.map((plugin) => ({ asked: plugin.name, plugin })), ...later])
}

interface Given {
  readonly plugins?: readonly Plugin[]
  readonly later?: readonly LaterPlugin[]
  readonly variables?: Readonly<Record<string, unknown>>
}

/** A real catalog of these files, by path. */
export const catalogIn = async (
  files: Readonly<Record<string, string>>,
  { plugins = [], later = [], variables = {} }: Given = {},
): Promise<OpenedCatalog> => {
  const folder = mkdtempSync(join(tmpdir(), 'prove-catalog-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const errors = new Errors()
  const config = await loadConfig(folder)
  const catalog = await openCatalog(
    kernelWith(plugins, later),
    { config, hintFor: () => undefined, given: { files: [], values: variables } },
    errors,
  )
  errors.throwIfAny()
  const target = (name: string): Target => {
    const found = catalog.roster.targets.get(name)
    if (found === undefined) throw new Error(`no target ${name}`)
    return found
  }
  const states: OpenedCatalog['states'] = async (name, facts) => {
    const own = new Errors()
    const compiled = await catalog.compile(target(name), { facts }, own)
    own.throwIfAny()
    return compiled.states
  }
  return { catalog, folder, target, states, ids: async (name) => (await states(name)).map(({ id }) => id) }
}
