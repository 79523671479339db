import { readFileSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { type CompiledState, type Kernel, type LoadContext, messageOf, ProveError } from '@prove/core'
import { MasterBlobStore } from './blob-store.js'
import { compile, type WrittenFile } from './compile.js'
import { Diagnostics } from './diagnostics.js'
import { parseStates } from './parse-states.js'

/** Compiled states, and the content they stand for. */
export interface Catalog {
  readonly states: readonly CompiledState[]
  readonly blobs: MasterBlobStore
}

export interface CatalogOptions {
  /** State files, relative to `base`. */
  readonly files: readonly string[]
  readonly base: string
  /** The folder of the configuration; sources are in `files/` below it. */
  readonly folder: string
  /** See {@link Functions.hintFor}. */
  readonly hintFor: (fn: string) => string | undefined
}

/** Loads and compiles state files. Throws all errors together. */
export const openCatalog = async (kernel: Kernel, options: CatalogOptions): Promise<Catalog> => {
  const diagnostics = new Diagnostics()
  const written: WrittenFile[] = []
  for (const file of options.files) {
    const states = await loadFile(kernel, file, options.base, diagnostics)
    if (states !== undefined) written.push(states)
  }
  const blobs = new MasterBlobStore()
  const { functions } = kernel
  const states = compile(
    written,
    {
      functions: { get: (name) => functions.get(name), names: functions.names, hintFor: options.hintFor },
      blobs,
      filesFolder: join(options.folder, 'files'),
    },
    diagnostics,
  )
  return { states, blobs }
}

const loadFile = async (
  kernel: Kernel,
  file: string,
  base: string,
  diagnostics: Diagnostics,
): Promise<WrittenFile | undefined> => {
  const extension = extname(file)
  const loader = kernel.loaders.all.find(({ extensions }) => extensions.includes(extension))
  if (loader === undefined) {
    const known = kernel.loaders.all.flatMap(({ extensions }) => extensions).join(', ')
    diagnostics.add('PRV_LOADER_UNKNOWN', `no loader reads "${file}"`, { hint: `extensions are ${known}` })
    return undefined
  }
  let text: string
  try {
    text = readFileSync(resolve(base, file), 'utf8')
  } catch (error) {
    diagnostics.add('PRV_STATE_FILE_MISSING', `cannot read the state file "${file}": ${reasonOf(error)}`)
    return undefined
  }
  try {
    const loaded = await loader.load(resolve(base, file), text, contextOf(kernel))
    return { name: basename(file, extension), states: parseStates(loaded, diagnostics) }
  } catch (error) {
    if (!(error instanceof ProveError)) throw error
    diagnostics.take(error)
    return undefined
  }
}

const contextOf = (kernel: Kernel): LoadContext => ({
  scope: { target: { name: 'local', host: 'local', groups: [], roles: [] }, variables: {}, facts: {}, with: {} },
  templateFolders: [],
  loader: (name) => kernel.loaders.get(name),
})

const reasonOf = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'it does not exist'
  return code === 'EISDIR' ? 'it is a folder' : messageOf(error)
}
