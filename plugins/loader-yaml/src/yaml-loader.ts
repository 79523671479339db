import { type Loaded, type Loader, type ValuePath, SourceText } from '@prove/core'
import { constructFromEvents, type Event, parseEvents } from 'js-yaml'
import { maxAliases, maxDepth, maxTotalMergeKeys } from './limits.js'
import { entriesAlong, type Node } from './node.js'
import { readTree } from './read-tree.js'
import { schema } from './scalar.js'
import { toSyntaxError } from './syntax-error.js'

/** Reads YAML 1.2 files of one document, with the place of every key and value. */
export const yamlLoader: Loader = {
  name: 'yaml',
  extensions: ['.yml', '.yaml'],
  isStatic: () => true,
  load(file, text) {
    const source = new SourceText(file, text)
    try {
      return parse(source)
    } catch (error) {
      throw toSyntaxError(source, error)
    }
  },
}

const parse = (source: SourceText): Loaded => {
  const events = parseEvents(source.text, { maxDepth })
  const root = readTree(source, events)
  return { data: isBlank(root) ? {} : construct(source, events), ...placesIn(source, root) }
}

const isBlank = (root: Node | undefined): boolean =>
  root === undefined || (root.scalar !== undefined && root.scalar.valueStart < 0 && root.scalar.tagStart < 0)

const construct = (source: SourceText, events: readonly Event[]): unknown =>
  constructFromEvents([...events], { source: source.text, schema, maxAliases, maxTotalMergeKeys })[0]

const placesIn = (source: SourceText, root: Node | undefined): Pick<Loaded, 'placeOf' | 'placeOfKey'> => {
  const start = root?.at ?? 0
  return {
    placeOf: (path: ValuePath) => source.place(entriesAlong(root, path).at(-1)?.value.at ?? start),
    placeOfKey: (path: ValuePath) => source.place(entriesAlong(root, path).at(-1)?.keyAt ?? start),
  }
}
