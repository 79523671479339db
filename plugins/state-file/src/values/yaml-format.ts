import { blocked, type Blocked, type Json } from '@prove/core'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { DocumentFormat } from './define-value.js'
import { type KeyPath, nested } from './key-path.js'

type Collection = YAMLMap | YAMLSeq

/** Where something is written: the offsets of its first character, and behind its last. */
interface Span {
  readonly from: number
  readonly to: number
}

const documentOf = (text: string): Document | undefined => parseAllDocuments(text, { version: '1.2' })[0]

const spanOf = (node: unknown): Span | undefined => {
  const { range } = (node ?? {}) as { range?: readonly [number, number, number] | null }
  return range === undefined || range === null ? undefined : { from: range[0], to: range[1] }
}

const inFlow = (value: Json): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd()

const isCollection = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

/** The value as it stands behind `key:`, on the same line or on the ones that follow. */
const behindKey = (value: Json, indent: number): string => {
  if (!isCollection(value)) return ` ${inFlow(value)}`
  const lines = stringify(value, { lineWidth: 0 }).trimEnd().split('\n')
  return `\n${lines.map((line) => (line === '' ? '' : ' '.repeat(indent + 2) + line)).join('\n')}`
}

const keyText = (key: string | number): string => inFlow(String(key))

/** The characters before an offset, in its line. */
const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1)

/** Behind the line that an offset is in. */
const lineEnd = (text: string, offset: number): number => {
  const end = text.indexOf('\n', Math.max(0, offset))
  return end < 0 ? text.length : end + 1
}

/** The last character of a collection that belongs to a value. */
const endOf = (node: unknown): number => {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1)
    const inner = isMap(node) ? ((last as Pair | undefined)?.value ?? (last as Pair | undefined)?.key) : last
    if (inner !== undefined && inner !== null) return endOf(inner)
  }
  return spanOf(node)?.to ?? 0
}

/** The collection that holds the place, as deep as it is there, and what is left of the path. */
const descend = (root: unknown, path: KeyPath): { node: unknown; rest: KeyPath } | Blocked => {
  let node = root
  for (const [i, step] of path.slice(0, -1).entries()) {
    if (isAlias(node))
      return blocked(`"${path.slice(0, i).join('.')}" is an alias; its value belongs to something else as well`)
    const inner: unknown = isMap(node) ? pairOf(node, step)?.value : isSeq(node) ? node.items[Number(step)] : undefined
    if (!isMap(inner) && !isSeq(inner) && !isAlias(inner)) return { node, rest: path.slice(i) }
    node = inner
  }
  if (isAlias(node))
    return blocked(`"${path.slice(0, -1).join('.')}" is an alias; its value belongs to something else as well`)
  return { node, rest: path.slice(-1) }
}

const pairOf = (map: YAMLMap, step: string | number): Pair | undefined =>
  map.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))

const splice = (text: string, { from, to }: Span, fresh: string): string => text.slice(0, from) + fresh + text.slice(to)

/** Behind the colon of a pair, whose key and value may have a tag or an anchor. */
const afterColon = (text: string, { key }: Pair): number | undefined => {
  const end = spanOf(key)?.to ?? 0
  const found = /^[ \t]*:/.exec(text.slice(end))
  return found === null ? undefined : end + found[0].length
}

const replace = (text: string, map: YAMLMap, pair: Pair, value: Json): string | Blocked => {
  const { value: old } = pair
  const from = afterColon(text, pair)
  const span = spanOf(old)
  const { anchor, tag } = (old ?? {}) as { anchor?: string; tag?: string }
  if (
    from === undefined ||
    span === undefined ||
    isAlias(old) ||
    anchor !== undefined ||
    tag?.startsWith('!') === true
  ) {
    return blocked('the value is an alias, or has an anchor or a tag')
  }
  if (map.flow === true) return splice(text, { from, to: span.to }, ` ${inFlow(value)}`)
  const indent = columnOf(text, spanOf(pair.key)?.from ?? 0)
  const fresh = behindKey(value, indent)
  const to = Math.max(from, (isMap(old) || isSeq(old)) && old.flow !== true ? endOf(old) : span.to)
  const isLiteral = isScalar(old) && (old.type === 'BLOCK_LITERAL' || old.type === 'BLOCK_FOLDED')
  const between = text.slice(from, span.from)
  const remark = /^[ \t]*#[^\n]*/.exec(between)?.[0] ?? ''
  const broken = fresh.startsWith('\n') ? remark + fresh : fresh + remark
  return splice(text, { from, to }, isLiteral && text[to - 1] === '\n' ? `${broken}\n` : broken)
}

const insertInBlock = (text: string, collection: Collection, line: (indent: number) => string): string => {
  const first = isMap(collection) ? collection.items[0]?.key : collection.items[0]
  const start = spanOf(first)?.from ?? 0
  const indent = isMap(collection) ? columnOf(text, start) : columnOf(text, text.lastIndexOf('-', start))
  const end = endOf(collection)
  const at = text[end - 1] === '\n' ? end : lineEnd(text, end)
  const before = text.slice(0, at)
  const isOpen = !before.endsWith('\n')
  return `${before}${isOpen ? '\n' : ''}${' '.repeat(indent)}${line(indent)}${isOpen ? '' : '\n'}${text.slice(at)}`
}

const insertInFlow = (text: string, collection: Collection, item: string): string => {
  const close = (spanOf(collection)?.to ?? 1) - 1
  const before = text.slice(0, close).trimEnd()
  const isEmpty = collection.items.length === 0
  const comma = isEmpty || before.endsWith(',') ? ' ' : ', '
  return `${before}${comma}${item}${isMap(collection) ? ' ' : ''}${text.slice(close)}`
}

const insert = (text: string, node: unknown, rest: KeyPath, value: Json): string | Blocked => {
  const [step = '', ...deeper] = rest
  const inner = nested(deeper, value)
  if (isMap(node)) {
    if (node.flow === true) return insertInFlow(text, node, `${keyText(step)}: ${inFlow(inner)}`)
    return insertInBlock(text, node, (indent) => `${keyText(step)}:${behindKey(inner, indent)}`)
  }
  if (!isSeq(node)) return blocked('what should hold it is neither a map nor a list')
  return node.flow === true
    ? insertInFlow(text, node, inFlow(inner))
    : insertInBlock(text, node, () => `- ${inFlow(inner)}`)
}

const remove = (text: string, collection: Collection, index: number): string | Blocked => {
  const items = collection.items as readonly unknown[]
  const partsOf = (item: unknown) =>
    isMap(collection)
      ? { head: (item as Pair).key, tail: (item as Pair).value ?? (item as Pair).key }
      : { head: item, tail: item }
  const { head, tail } = partsOf(items[index])
  const start = spanOf(head)?.from ?? 0
  const next = items[index + 1]
  if (collection.flow === true) {
    const from = index === 0 ? start : (spanOf(partsOf(items[index - 1]).tail)?.to ?? start)
    const to = index === 0 && next !== undefined ? (spanOf(partsOf(next).head)?.from ?? 0) : (spanOf(tail)?.to ?? 0)
    return splice(text, { from, to }, '')
  }
  if (items.length === 1) return splice(text, { from: start, to: endOf(tail) }, isMap(collection) ? '{}' : '[]')
  const end = endOf(tail)
  const to = text[end - 1] === '\n' ? end : lineEnd(text, end)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const isFirst = isMap(collection) && text.slice(lineStart, start).trim() !== ''
  // The first of a map in a list stands behind the dash.
  if (isFirst)
    return next === undefined
      ? blocked('it stands alone behind a dash')
      : splice(text, { from: start, to: spanOf(partsOf(next).head)?.from ?? to }, '')
  return splice(text, { from: lineStart, to }, '')
}

/** YAML 1.2 of one document, with its comments and the way it is written. */
export const yamlFormat: DocumentFormat = {
  parse: (text) => {
    const documents = parseAllDocuments(text, { version: '1.2' })
    if (documents.length > 1) return blocked('it holds several documents')
    const [document] = documents
    if (document === undefined || document.errors.length > 0) {
      const [error] = document?.errors ?? []
      return error === undefined ? { holds: undefined } : blocked(`it is no YAML: ${error.message.split('\n')[0]}`)
    }
    const holds = (document as Document).toJS() as Json
    return { holds: holds === null ? undefined : holds }
  },
  change: (text, path, value) => {
    const root = documentOf(text)?.contents
    if (root === undefined || root === null || (isScalar(root) && root.value === null)) {
      if (value === undefined) return text
      return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${stringify(nested(path, value), { lineWidth: 0 })}`
    }
    const found = descend(root, path)
    if ('blocked' in found) return found
    const { node, rest } = found
    const [step = ''] = rest
    const pair = isMap(node) ? pairOf(node, step) : undefined
    const index = isMap(node) ? (pair === undefined ? -1 : node.items.indexOf(pair)) : Number(step)
    if (value === undefined) return isMap(node) || isSeq(node) ? remove(text, node, index) : text
    if (isMap(node) && pair !== undefined) return replace(text, node, pair, nested(rest.slice(1), value))
    const item = isSeq(node) ? node.items[index] : undefined
    const span = spanOf(item)
    if (item === undefined || span === undefined) return insert(text, node, rest, value)
    return isScalar(item)
      ? splice(text, span, inFlow(nested(rest.slice(1), value)))
      : blocked('only a plain value of a list can be changed')
  },
}
