import { type Loader, SourceText } from '@prove/core'
import { nearestEntry } from './node.js'
import { readOutline } from './read-outline.js'

/** Reads outlines: see read-outline.ts for the format. Put your own in its place, and keep to the suite. */
export const acmeLoader: Loader = {
  name: 'acme',
  extensions: ['.acme'],
  // The same text holds the same data for every target: it is read once.
  isStatic: () => true,
  load(file, text) {
    const source = new SourceText(file, text)
    const root = readOutline(source)
    return {
      data: root.data,
      placeOf: (path) => source.place(nearestEntry(root, path)?.value.at ?? root.at),
      placeOfKey: (path) => source.place(nearestEntry(root, path)?.keyAt ?? root.at),
    }
  },
}
