import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import {
  type Blob,
  didYouMean,
  FactsNeeded,
  knownErrors,
  type Place,
  type Registry,
  type Renderer,
  type TreeEntry,
  type TreeFilter,
  withDetails,
} from '@prove/core'
import type { MasterBlobStore } from './blob-store.js'
import type { Diagnostics } from './diagnostics.js'
import { isFile } from './file-loader.js'
import { isFolder } from './folders.js'
import { nearestFiles } from './nearest-files.js'
import { reasonOf } from './reason-of.js'
import { shownPath } from './shown-path.js'
import { treeIn } from './source-tree.js'
import type { Unit } from './units.js'

/** What stands behind a prove:// name. */
export interface FoundSource {
  readonly blob: Blob
  /** True when it was rendered: another target may get other bytes. */
  readonly isRendered: boolean
}

/** What stands behind the name of a folder. */
export interface FoundTree {
  readonly entries: readonly TreeEntry[]
  /** True when something in it was rendered. */
  readonly isRendered: boolean
}

/** Who asks for a folder, and for what of it. */
interface TreeSite {
  readonly unit: Pick<Unit, 'component' | 'context'>
  readonly isWanted: ReturnType<TreeFilter> | undefined
  readonly place: Place
}

const scheme = 'prove://'

/** The folders that stand where a name would, by such names. */
const foldersBeside = (root: string, inside: string): readonly string[] => {
  try {
    const entries = readdirSync(join(root, dirname(inside)), { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dirname(inside), name))
  } catch {
    return []
  }
}

/** Whether the file system threw it: the file vanished, or may not be read. */
const isOfDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error

/** Finds sources in the component first, then in the catalog, and renders those that are templates. */
export class Sources {
  readonly #blobs = new Map<string, Blob>()
  /** Renderers by whether they have loaded what they render with. */
  readonly #prepared = new Map<Renderer, boolean>()

  constructor(
    private readonly folder: string,
    private readonly blobs: MasterBlobStore,
    private readonly renderers: Pick<Registry<Renderer>, 'all'>,
  ) {}

  /** Prepares the renderers that were missed; returns whether there were any. */
  async prepare(): Promise<boolean> {
    const missed = [...this.#prepared].flatMap(([renderer, isPrepared]) => (isPrepared ? [] : [renderer]))
    await Promise.all(missed.map(async (renderer) => renderer.prepare?.()))
    for (const renderer of missed) this.#prepared.set(renderer, true)
    return missed.length > 0
  }

  /**
   * Undefined after the error was told, or when it must wait: for facts, which are added to `needed`, or for a renderer to
   * {@link prepare}.
   */
  find(
    name: string,
    unit: Pick<Unit, 'component' | 'context'>,
    place: Place,
    diagnostics: Diagnostics,
    needed: Set<string>,
  ): FoundSource | undefined {
    const named = this.#named(name, unit, place, diagnostics)
    if (named === undefined) return undefined
    const { inside, folders } = named
    const path = folders.map((folder) => join(folder, inside)).find(isFile)
    if (path === undefined) {
      const otherwise = `put the file at ${shownPath(join(folders[0] ?? '', inside))}`
      const hint = nearestFiles(inside, folders, { otherwise, withExtension: true })
      diagnostics.add('PRV_SOURCE_MISSING', `there is no source "${name}"`, { place, hint })
      return undefined
    }
    return this.#read(path, { name, unit, place }, diagnostics, needed)
  }

  /** A folder with all that `isWanted` wants of it. Undefined as with {@link find}. */
  findTree(
    name: string,
    { unit, isWanted, place }: TreeSite,
    diagnostics: Diagnostics,
    needed: Set<string>,
  ): FoundTree | undefined {
    const named = this.#named(name, unit, place, diagnostics)
    if (named === undefined) return undefined
    const { inside, folders } = named
    const paths = folders.map((folder) => join(folder, inside))
    const root = paths.find(isFolder)
    const tell = (message: string, hint?: string): undefined => {
      diagnostics.add('PRV_SOURCE_MISSING', message, { place, hint })
      return undefined
    }
    if (root === undefined) {
      if (paths.some(isFile)) return tell(`the source "${name}" is a file, and a folder is wanted`)
      const hint = didYouMean(
        inside,
        folders.flatMap((folder) => foldersBeside(folder, inside)),
      )
      return tell(`there is no folder "${name}"`, hint ?? `put it at ${shownPath(paths[0] ?? '')}`)
    }
    const suffixes = this.renderers.all.map(({ extension }) => extension)
    const tree = treeIn(root, suffixes, isWanted)
    if ('problem' in tree) return tell(`cannot take in the folder "${name}": ${tree.problem}`)
    let isRendered = false
    const entries = tree.found.map(({ from, ...entry }): TreeEntry | undefined => {
      if (entry.type !== 'file') return entry
      const read = this.#read(from, { name: `${name}/${entry.path}`, unit, place }, diagnostics, needed)
      isRendered ||= read?.isRendered === true
      return read === undefined ? undefined : { ...entry, blob: read.blob }
    })
    // Where a file had an error, or waits for facts, there is no tree.
    const complete = entries.filter((entry) => entry !== undefined)
    return complete.length < entries.length ? undefined : { entries: complete, isRendered }
  }

  /** The path that a name stands for, and the folders that it may be in. */
  #named(
    name: string,
    { component }: Pick<Unit, 'component'>,
    place: Place,
    diagnostics: Diagnostics,
  ): { readonly inside: string; readonly folders: readonly string[] } | undefined {
    const inside = normalize(name.slice(scheme.length))
    if (!name.startsWith(scheme) || inside.startsWith(`..${sep}`) || inside.startsWith(sep) || inside === '.') {
      diagnostics.add('PRV_ARGUMENT_INVALID', `expected a source such as prove://motd, found "${name}"`, { place })
      return undefined
    }
    const roots = [...(component === undefined ? [] : [component.folder]), this.folder]
    return { inside, folders: roots.flatMap((root) => [join(root, 'files'), join(root, 'templates')]) }
  }

  #read(
    path: string,
    { name, unit, place }: { readonly name: string } & Pick<TreeSite, 'unit' | 'place'>,
    diagnostics: Diagnostics,
    needed: Set<string>,
  ): FoundSource | undefined {
    const renderer = this.renderers.all.find(({ extension }) => path.endsWith(extension))
    if (renderer?.prepare !== undefined && this.#prepared.get(renderer) !== true) {
      this.#prepared.set(renderer, false)
      return undefined
    }
    try {
      if (renderer === undefined) return { blob: this.#blobOf(path), isRendered: false }
      const text = renderer.render(path, readFileSync(path, 'utf8'), unit.context)
      return { blob: this.blobs.addText(text), isRendered: true }
    } catch (error) {
      if (error instanceof FactsNeeded) for (const fact of error.facts) needed.add(fact)
      else if (knownErrors(error).length > 0) {
        for (const each of knownErrors(error)) {
          diagnostics.take(withDetails(each, { includedFrom: [...each.includedFrom, place] }))
        }
      } else if (!isOfDisk(error)) throw error
      else {
        diagnostics.add('PRV_SOURCE_MISSING', `cannot read the source "${name}": ${reasonOf(error)}`, { place })
      }
      return undefined
    }
  }

  /** Each file is hashed once. */
  #blobOf(path: string): Blob {
    const known = this.#blobs.get(path) ?? this.blobs.addFile(path)
    this.#blobs.set(path, known)
    return known
  }
}
