import type { Place } from '../error.js'
import type { Scope } from './scope.js'

/** A key or index on the way to a value. */
export type ValuePath = readonly (string | number)[]

/** Plain data, and where each value stood. */
export interface Loaded {
  readonly data: unknown
  /** The place of the value at this path, or of the nearest one around it. */
  placeOf(path: ValuePath): Place
  /** The place of the key that leads to it; the same as placeOf for list items. */
  placeOfKey(path: ValuePath): Place
}

/** What a file may use while it is loaded or rendered for one target. */
export interface RenderContext {
  readonly scope: Scope
  /** Absolute folders in which templates are looked up, after the folder of the file itself: the nearest first. */
  readonly templateFolders: readonly string[]
}

export interface LoadContext extends RenderContext {
  /** Another loader, by name; undefined when no plugin registers it. */
  loader(name: string): Loader | undefined
}

/** Reads state files of one format. */
export interface Loader {
  readonly name: string
  /** With the dot: `.yml`. */
  readonly extensions: readonly string[]
  /** The loader that this one prepares text for; where both are installed it takes over its extensions. */
  readonly over?: string
  /** True when this text holds the same data whatever the context: it is then loaded once for all targets. */
  isStatic(text: string): boolean
  /** `file` is absolute. Throws PRV_LOADER_SYNTAX, or another known error, with the place. */
  load(file: string, text: string, context: LoadContext): Loaded | Promise<Loaded>
}

/** Makes the content of a file out of a template: of sources whose name ends with its extension. */
export interface Renderer {
  readonly name: string
  /** With the dot: `.njk`. */
  readonly extension: string
  /** Loads what rendering takes: awaited before `render` is first called. */
  prepare?(): Promise<void>
  /** Throws PRV_TEMPLATE_… with the place in the template. */
  render(file: string, text: string, context: RenderContext): string
}

/**
 * Reads targets and groups from a format of another tool. The data has the shape of the configuration:
 * `{ targets: { web1: { host, executor, options, variables, groups } }, groups: { web: { variables } } }`.
 */
export interface InventoryFormat {
  readonly name: string
  /** `file` is absolute, or the words of the command that printed the text. Throws PRV_INVENTORY_SYNTAX with the place. */
  read(file: string, text: string): Loaded
}
