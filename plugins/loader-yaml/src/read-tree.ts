import type { SourceText } from '@prove/core'
import {
  type AliasEvent,
  type DocumentEvent,
  type Event,
  EVENT_ID,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml'
import { maxAliasedValues, maxAliases, maxDepth } from './limits.js'
import { collectionNode, type Entry, type Node, scalarNode } from './node.js'
import { isMergeKey, isPrefixedInteger, lateTag, plainName, scalarEnd, scalarStart, valueOf } from './scalar.js'

type Collection = SequenceEvent | MappingEvent
type FallbackPlace = () => number

/** Where every value of the one document stands, or undefined when there is none; refuses what Prove does not take. */
export const readTree = (source: SourceText, events: readonly Event[]): Node | undefined =>
  new TreeReader(source, events).read()

class TreeReader {
  readonly #source: SourceText
  readonly #events: readonly Event[]
  // An anchor holds no node as long as its collection is open.
  readonly #anchors = new Map<string, { node?: Node }>()
  #document: DocumentEvent | undefined
  #index = 0
  #cursor = 0
  #openCollections = 0
  #aliases = 0
  #aliasedValues = 0

  constructor(source: SourceText, events: readonly Event[]) {
    this.#source = source
    this.#events = events
  }

  read(): Node | undefined {
    const document = this.#next()
    if (document?.type !== EVENT_ID.DOCUMENT) return undefined
    this.#document = document
    if (document.explicitStart) this.#cursor = (this.#markerStart() ?? 0) + 3
    const root = this.#node(() => this.#cursor)
    this.#next()
    this.#refuseSecondDocument()
    return root
  }

  #refuseSecondDocument(): void {
    const document = this.#next()
    if (document?.type !== EVENT_ID.DOCUMENT) return
    const marker = document.explicitStart ? this.#markerStart() : undefined
    const at = marker ?? this.#node(() => this.#cursor).at
    throw this.#source.error('the file holds more than one document', at, 'move each document to a file of its own')
  }

  #markerStart(): number | undefined {
    return this.#find(/^---(?=\s|$)/gm)
  }

  #find(pattern: RegExp): number | undefined {
    pattern.lastIndex = this.#cursor
    return pattern.exec(this.#source.text)?.index
  }

  #next(): Event | undefined {
    return this.#events[this.#index++]
  }

  #atPop(): boolean {
    const event = this.#events[this.#index]
    return event === undefined || event.type === EVENT_ID.POP
  }

  #node(fallback: FallbackPlace): Node {
    const event = this.#next()
    if (event?.type === EVENT_ID.SCALAR) return this.#scalar(event, fallback)
    if (event?.type === EVENT_ID.ALIAS) return this.#alias(event)
    if (event?.type === EVENT_ID.SEQUENCE) return this.#collection('list', event, () => this.#items(event))
    if (event?.type === EVENT_ID.MAPPING) return this.#collection('map', event, () => this.#pairs(event))
    throw this.#source.error('a value is missing', fallback())
  }

  #scalar(event: ScalarEvent, fallback: FallbackPlace): Node {
    const at = scalarStart(this.#source.text, event, this.#cursor) ?? fallback()
    const node = scalarNode(at, event)
    this.#moveTo(Math.max(scalarEnd(event), at))
    const anchor = this.#anchor(event)
    if (anchor !== undefined) anchor.node = node
    return node
  }

  #collection(kind: 'list' | 'map', event: Collection, read: () => ReadonlyMap<string, Entry>): Node {
    this.#refuseLate(kind, event)
    const anchor = this.#anchor(event)
    this.#moveTo(Math.max(event.start, event.anchorEnd, event.tagEnd))
    this.#openCollections++
    const node = collectionNode(kind, event.start, read())
    this.#openCollections--
    this.#next()
    if (anchor !== undefined) anchor.node = node
    return node
  }

  #refuseLate(kind: 'list' | 'map', { tagStart, tagEnd }: Collection): void {
    if (tagStart < 0 || this.#source.text.slice(tagStart, tagEnd) !== lateTag) return
    const hint = 'put the whole expression in quotes, or below "!late |"'
    throw this.#source.error(`"!late" takes a text, found a ${kind}`, tagStart, hint)
  }

  #anchor({ anchorStart, anchorEnd }: Collection | ScalarEvent): { node?: Node } | undefined {
    if (anchorStart < 0) return undefined
    const anchor = {}
    this.#anchors.set(this.#source.text.slice(anchorStart, anchorEnd), anchor)
    return anchor
  }

  #moveTo(offset: number): void {
    this.#cursor = Math.max(this.#cursor, offset)
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): Node {
    const at = anchorStart - 1
    const name = this.#source.text.slice(anchorStart, anchorEnd)
    const anchor = this.#anchors.get(name)
    if (anchor === undefined) {
      const hint = `write &${name} at an earlier value, or put quotes around a text that starts with *`
      throw this.#source.error(`the alias "*${name}" has no anchor before it`, at, hint)
    }
    if (anchor.node === undefined) {
      throw this.#source.error(`the alias "*${name}" stands inside its own anchor`, at, 'write the value out instead')
    }
    this.#moveTo(anchorEnd)
    this.#charge(anchor.node, at)
    return { ...anchor.node, at }
  }

  // Shared values cost nothing here, but whoever walks the data meets each of them again.
  #charge(target: Node, at: number): void {
    this.#aliases++
    this.#aliasedValues += target.size
    if (this.#aliases > maxAliases || this.#aliasedValues > maxAliasedValues) {
      throw this.#source.error('the aliases stand for too many values', at, 'write fewer aliases, or split the file')
    }
    if (this.#openCollections + target.depth > maxDepth) {
      throw this.#source.error('the aliases nest too deep', at, 'write flatter values')
    }
  }

  #items(list: SequenceEvent): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>()
    while (!this.#atPop()) {
      const value = this.#node(() => this.#dashStart(list, entries.size === 0))
      entries.set(String(entries.size), { keyAt: value.at, value, merged: false })
    }
    return entries
  }

  // An item with nothing behind its dash has no offset in the events.
  #dashStart(list: SequenceEvent, isFirst: boolean): number {
    const indent = this.#source.place(list.start).column - 1
    const line = isFirst ? undefined : this.#find(new RegExp(`^ {${indent}}-(?=\\s|$)`, 'gm'))
    const dash = line === undefined ? list.start : line + indent
    this.#moveTo(dash + 1)
    return dash
  }

  #pairs(map: MappingEvent): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>()
    while (!this.#atPop()) this.#pair(map, entries)
    return entries
  }

  #pair(map: MappingEvent, entries: Map<string, Entry>): void {
    const key = this.#node(() => Math.max(map.start, this.#cursor))
    const merges = key.scalar !== undefined && isMergeKey(this.#source.text, key.scalar)
    const name = merges ? '<<' : this.#keyName(key)
    const value = this.#node(() => key.at)
    if (merges) return merge(value, entries)
    this.#refuseDuplicate(name, key, entries.get(name))
    if (name === 'mode') this.#refusePrefixedMode(value)
    entries.set(name, { keyAt: key.at, value, merged: false })
  }

  #keyName(key: Node): string {
    const plain = key.scalar === undefined ? undefined : plainName(this.#source.text, key.scalar)
    if (plain !== undefined) return plain
    const value = key.scalar === undefined ? {} : this.#valueOf(key.scalar)
    if (typeof value === 'object' && value !== null) {
      throw this.#source.error(
        'a list or a map cannot be a key',
        key.at,
        'put quotes around a text that starts with [ or {',
      )
    }
    if (String(value) === '__proto__')
      throw this.#source.error('the key "__proto__" is not allowed', key.at, 'use another key')
    return String(value)
  }

  #valueOf(scalar: ScalarEvent): unknown {
    return this.#document === undefined ? undefined : valueOf(this.#source.text, this.#document, scalar)
  }

  #refuseDuplicate(name: string, key: Node, first: Entry | undefined): void {
    if (first === undefined || first.merged) return
    const { line } = this.#source.place(first.keyAt)
    const hint = `remove one of the two, the other is in line ${line}`
    throw this.#source.error(`the key ${JSON.stringify(name)} is written twice`, key.at, hint)
  }

  #refusePrefixedMode({ scalar, at }: Node): void {
    if (scalar === undefined || this.#document === undefined) return
    if (!isPrefixedInteger(this.#source.text, this.#document, scalar)) return
    throw this.#source.error('a mode is written in octal digits only', at, "write the digits in quotes, such as '0644'")
  }
}

// As in js-yaml: what is there already wins over what is merged in.
const merge = (value: Node, entries: Map<string, Entry>): void => {
  const maps = value.kind === 'list' ? Array.from(value.entries.values(), (entry) => entry.value) : [value]
  for (const map of maps) {
    if (map.kind !== 'map') continue
    for (const [name, entry] of map.entries) if (!entries.has(name)) entries.set(name, { ...entry, merged: true })
  }
}
