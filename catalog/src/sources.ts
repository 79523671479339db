import { readFileSync } from 'node:fs'
import { join, normalize, sep } from 'node:path'
import { type Blob, FactsNeeded, knownErrors, type Place, type Registry, type Renderer, withDetails } from '@prove/core'
import type { MasterBlobStore } from './blob-store.js'
import type { Diagnostics } from './diagnostics.js'
import { isFile } from './file-loader.js'
import { nearestFiles } from './nearest-files.js'
import { reasonOf } from './reason-of.js'
import { shownPath } from './shown-path.js'
import type { Unit } from './units.js'

/** What stands behind a prove:// name. */
export interface FoundSource {
  readonly blob: Blob
  /** True when it was rendered: another target may get other bytes. */
  readonly isRendered: boolean
}

const scheme = 'prove://'

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
    { component, context }: Pick<Unit, 'component' | 'context'>,
    place: Place,
    diagnostics: Diagnostics,
    needed: Set<string>,
  ): FoundSource | undefined {
    const inside = normalize(name.slice(scheme.length))
    if (!name.startsWith(scheme) || inside.startsWith(`..${sep}`) || inside.startsWith(sep) || inside === '.') {
      diagnostics.add('PRV_ARGUMENT_INVALID', `expected a source such as prove://motd, found "${name}"`, { place })
      return undefined
    }
    const roots = [...(component === undefined ? [] : [component.folder]), this.folder]
    const folders = roots.flatMap((root) => [join(root, 'files'), join(root, 'templates')])
    const path = folders.map((folder) => join(folder, inside)).find(isFile)
    if (path === undefined) {
      const otherwise = `put the file at ${shownPath(join(folders[0] ?? '', inside))}`
      const hint = nearestFiles(inside, folders, { otherwise, withExtension: true })
      diagnostics.add('PRV_SOURCE_MISSING', `there is no source "${name}"`, { place, hint })
      return undefined
    }
    const renderer = this.renderers.all.find(({ extension }) => path.endsWith(extension))
    if (renderer?.prepare !== undefined && this.#prepared.get(renderer) !== true) {
      this.#prepared.set(renderer, false)
      return undefined
    }
    try {
      if (renderer === undefined) return { blob: this.#blobOf(path), isRendered: false }
      const text = renderer.render(path, readFileSync(path, 'utf8'), context)
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
