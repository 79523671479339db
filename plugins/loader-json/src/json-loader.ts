import { type Loader, SourceText } from '@prove/core'
import { nearestEntry } from './node.js'
import { readTree } from './read-tree.js'

/** Reads strict JSON, without comments and trailing commas, with the place of every key and value. */
export const jsonLoader: Loader = {
  name: 'json',
  extensions: ['.json'],
  isStatic: () => true,
  load(file, text) {
    const source = new SourceText(file, text)
    const root = readTree(source)
    const start = root?.at ?? 0
    return {
      data: root === undefined ? {} : root.data,
      placeOf: (path) => source.place(nearestEntry(root, path)?.value.at ?? start),
      placeOfKey: (path) => source.place(nearestEntry(root, path)?.keyAt ?? start),
    }
  },
}
