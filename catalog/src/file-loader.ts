import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import {
  didYouMean,
  type Kernel,
  type Loaded,
  type Loader,
  type LoadContext,
  nearest,
  type Place,
  ProveError,
  type RenderContext,
} from '@prove/core'
import { reasonOf } from './reason-of.js'
import { shownPath } from './shown-path.js'

interface Known {
  readonly text: string
  readonly loader: Loader
  readonly isStatic: boolean
  loaded?: Promise<Loaded>
}

/** Reads files of the catalog, each once from the disk, and those that depend on no target once at all. */
export class FileLoader {
  readonly #known = new Map<string, Known>()

  constructor(
    private readonly kernel: Kernel,
    /** Loaders that the configuration chose for extensions. */
    private readonly chosen: Readonly<Record<string, string>>,
  ) {}

  /** Every extension that a loader reads. */
  get extensions(): readonly string[] {
    return [...new Set(this.kernel.loaders.all.flatMap(({ extensions }) => extensions))]
  }

  /** The file with this name: as it is, or with the extension of a loader. */
  find(path: string): string | undefined {
    const candidates = this.extensions.includes(extname(path)) ? [path] : this.extensions.map((ext) => `${path}${ext}`)
    return candidates.find(isFile)
  }

  /** Throws known errors with their place, and FactsNeeded. */
  async load(file: string, context: RenderContext): Promise<Loaded> {
    const known = this.#open(file)
    const full: LoadContext = { ...context, loader: (name) => this.kernel.loaders.get(name) }
    if (!known.isStatic) return known.loader.load(file, known.text, full)
    known.loaded ??= Promise.resolve(known.loader.load(file, known.text, full))
    return known.loaded
  }

  #open(file: string): Known {
    const known = this.#known.get(file)
    if (known !== undefined) return known
    const loader = this.#loaderOf(file)
    const text = readText(file)
    const opened = { text, loader, isStatic: loader.isStatic(text) }
    this.#known.set(file, opened)
    return opened
  }

  #loaderOf(file: string): Loader {
    const { loaders } = this.kernel
    const extension = extname(file)
    const wanted = this.chosen[extension]
    if (wanted !== undefined)
      return loaders.get(wanted) ?? this.#refuse(`no plugin registers the loader "${wanted}"`, wanted)
    const able = loaders.all.filter(({ extensions }) => extensions.includes(extension))
    // One that prepares text for another comes first, or it would never be asked.
    const loader = able.find(({ over }) => able.some(({ name }) => name === over)) ?? able[0]
    return loader ?? this.#refuse(`no loader reads "${shownPath(file)}"`)
  }

  #refuse(message: string, name = ''): never {
    const hint = didYouMean(name, this.kernel.loaders.names) ?? `extensions are ${this.extensions.join(', ')}`
    throw new ProveError('PRV_LOADER_UNKNOWN', message, { hint })
  }
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ProveError('PRV_STATE_FILE_MISSING', `cannot read "${shownPath(file)}": ${reasonOf(error)}`, {
      hint: isFile(file) ? undefined : siblingHint(file),
      cause: error,
    })
  }
}

/** The file beside it whose name is nearest. */
const siblingHint = (file: string): string | undefined => {
  const folder = dirname(file)
  const found = nearest(
    basename(file),
    namesIn(folder).filter((name) => isFile(join(folder, name))),
  )
  return found === undefined ? undefined : `did you mean "${shownPath(join(folder, found))}"?`
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Throws nothing: what is looked for may vanish, or lie where nobody may look. */
export const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The first position of a file. */
export const startOf = (file: string): Place => ({ file, line: 1, column: 1 })
