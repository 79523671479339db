import { type Loaded, type Place, ProveError, ProveErrors, withDetails } from '@prove/core'
import type { Rendered } from './output.js'

/** The place in a template of a place in what was rendered from it. */
const mapped = (file: string, rendered: Rendered, place: Place): Place =>
  place.file === file ? (rendered.placeOf(place) ?? { file, line: 1, column: 1 }) : place

/** Loaded data with places in templates. */
export const placedIn = (file: string, rendered: Rendered, loaded: Loaded): Loaded => ({
  data: loaded.data,
  placeOf: (path) => mapped(file, rendered, loaded.placeOf(path)),
  placeOfKey: (path) => mapped(file, rendered, loaded.placeOfKey(path)),
})

/** What was thrown, with places in templates. */
export const toPlaced = (file: string, rendered: Rendered, thrown: unknown): unknown => {
  if (thrown instanceof ProveErrors) return new ProveErrors(thrown.errors.map((error) => place(file, rendered, error)))
  return thrown instanceof ProveError ? place(file, rendered, thrown) : thrown
}

const place = (file: string, rendered: Rendered, error: ProveError): ProveError =>
  error.place === undefined ? error : withDetails(error, { place: mapped(file, rendered, error.place) })
