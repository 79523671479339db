import { type Loaded, placeInConfig, type ValuePath } from '@prove/core'

/** Where values stand in a file. */
export type Places = Pick<Loaded, 'placeOf' | 'placeOfKey'>

/** The places below a path, as if it were the root. */
export const placesUnder = (places: Places, base: ValuePath): Places => ({
  placeOf: (path) => places.placeOf([...base, ...path]),
  placeOfKey: (path) => places.placeOfKey([...base, ...path]),
})

/** The places of a configuration file, which may be code; see {@link placeInConfig}. */
export const placesInText = (file: string, text: string): Places => {
  const find = (path: ValuePath) => placeInConfig(file, text, path)
  return { placeOf: find, placeOfKey: find }
}
