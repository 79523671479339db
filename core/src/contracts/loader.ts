import type { Place } from '../error.js'

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

/** Reads state files of one format. */
export interface Loader {
  readonly name: string
  /** With the dot: `.yml`. */
  readonly extensions: readonly string[]
  /** Throws PRV_LOADER_SYNTAX with the place. */
  load(file: string, text: string): Loaded | Promise<Loaded>
}
