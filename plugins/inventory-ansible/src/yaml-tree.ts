import { ProveError, type SourceText } from '@prove/core'
import {
  type AliasEvent,
  constructFromEvents,
  type Event,
  EVENT_ID,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type Schema,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml'
import { type Located, placed, type Placed } from './placed.js'
import { vaultTag } from './yaml-schema.js'

const maxDepth = 100
const maxAliases = 1000
const maxAliasedValues = 100_000
const maxTotalMergeKeys = 10_000

/** The data of a YAML or JSON text, with the place of every value; null for an empty text. */
export const readTree = (source: SourceText, schema: Schema, notation: string): Placed => {
  try {
    const events = parseEvents(source.text, { maxDepth })
    const node = new TreeReader(source, events).read()
    if (node === undefined) return placed(null, 0)
    const options = { source: source.text, schema, maxAliases, maxTotalMergeKeys }
    return { value: constructFromEvents([...events], options)[0], keyAt: node.at, node }
  } catch (error) {
    if (error instanceof ProveError) throw error
    // The exception itself shows lines of the text, which may hold secrets: it is not handed on.
    const { reason, mark } = error instanceof YAMLException ? error : { reason: 'it cannot be read', mark: undefined }
    const at = Math.min(mark?.position ?? 0, source.text.trimEnd().length)
    throw source.error(
      `the ${notation} is not well-formed: ${reason}`,
      at,
      'check indentation, brackets and quotes here',
    )
  }
}

interface Node extends Located {
  /** How many values it holds once every alias is replaced. */
  readonly size: number
}

type Entries = Map<string, { readonly keyAt: number; readonly node: Node }>

class TreeReader {
  readonly #source: SourceText
  readonly #events: readonly Event[]
  // An anchor holds nothing as long as its collection is open.
  readonly #anchors = new Map<string, Node | undefined>()
  #index = 0
  #aliasedValues = 0

  constructor(source: SourceText, events: readonly Event[]) {
    this.#source = source
    this.#events = events
  }

  read(): Node | undefined {
    if (this.#next()?.type !== EVENT_ID.DOCUMENT) return undefined
    const root = this.#node(0)
    this.#next()
    if (this.#next()?.type === EVENT_ID.DOCUMENT) {
      const { at } = this.#node(this.#source.text.length)
      throw this.#source.error('the inventory holds more than one document', at, 'move each one to a file of its own')
    }
    return root
  }

  #next(): Event | undefined {
    return this.#events[this.#index++]
  }

  #node(fallback: number): Node {
    const event = this.#next()
    if (event?.type === EVENT_ID.SCALAR) return this.#anchored(event, () => this.#scalar(event, fallback))
    if (event?.type === EVENT_ID.SEQUENCE) return this.#anchored(event, () => collection(event, this.#items(event)))
    if (event?.type === EVENT_ID.MAPPING) return this.#anchored(event, () => collection(event, this.#pairs(event)))
    if (event?.type === EVENT_ID.ALIAS) return this.#alias(event)
    throw this.#source.error('a value is missing', fallback)
  }

  #anchored({ anchorStart, anchorEnd }: ScalarEvent | SequenceEvent | MappingEvent, read: () => Node): Node {
    if (anchorStart < 0) return read()
    const name = this.#source.text.slice(anchorStart, anchorEnd)
    this.#anchors.set(name, undefined)
    const node = read()
    this.#anchors.set(name, node)
    return node
  }

  #scalar(event: ScalarEvent, fallback: number): Node {
    const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED
    const at = event.valueStart < 0 ? fallback : event.valueStart - (isQuoted ? 1 : 0)
    const tag = event.tagStart < 0 ? '' : this.#source.text.slice(event.tagStart, event.tagEnd)
    return { at, entries: new Map(), size: 1, encryptedAt: tag.startsWith(vaultTag) ? at : undefined }
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): Node {
    const at = anchorStart - 1
    const name = this.#source.text.slice(anchorStart, anchorEnd)
    const node = this.#anchors.get(name)
    if (node === undefined) {
      const message = `the alias "*${name}" has no complete value before it`
      throw this.#source.error(message, at, `write &${name} at an earlier value`)
    }
    this.#aliasedValues += node.size
    if (this.#aliasedValues > maxAliasedValues) {
      throw this.#source.error('the aliases stand for too many values', at, 'write fewer aliases, or split the file')
    }
    return { ...node, at }
  }

  #isOpen(): boolean {
    const event = this.#events[this.#index]
    return event !== undefined && event.type !== EVENT_ID.POP
  }

  #items(list: SequenceEvent): Entries {
    const entries: Entries = new Map()
    while (this.#isOpen()) {
      const node = this.#node(list.start)
      entries.set(String(entries.size), { keyAt: node.at, node })
    }
    this.#next()
    return entries
  }

  #pairs(map: MappingEvent): Entries {
    const entries: Entries = new Map()
    while (this.#isOpen()) {
      const event = this.#events[this.#index]
      const key = this.#node(map.start)
      const node = this.#node(key.at)
      const name = event?.type === EVENT_ID.SCALAR ? getScalarValue(this.#source.text, event) : undefined
      if (name === '<<' && event?.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN) merge(node, entries)
      else if (name !== undefined) entries.set(name, { keyAt: key.at, node })
    }
    this.#next()
    return entries
  }
}

const collection = ({ start }: SequenceEvent | MappingEvent, entries: Entries): Node => {
  const nodes = Array.from(entries.values(), ({ node }) => node)
  const encrypted = nodes.find(({ encryptedAt }) => encryptedAt !== undefined)?.encryptedAt
  return {
    at: start,
    entries,
    size: nodes.reduce((sum, { size }) => sum + size, 1),
    // In JSON, ansible-inventory writes such a value as a map with this key.
    encryptedAt: entries.has('__ansible_vault') ? start : encrypted,
  }
}

/** What is there already wins over what is merged in. */
const merge = (node: Node, entries: Entries): void => {
  const inner = node.entries as Entries
  const isList = [...inner.keys()].every((key) => /^\d+$/.test(key)) && inner.size > 0
  for (const map of isList ? Array.from(inner.values(), (entry) => entry.node.entries as Entries) : [inner]) {
    for (const [name, entry] of map) if (!entries.has(name)) entries.set(name, entry)
  }
}
