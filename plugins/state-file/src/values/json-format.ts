import { blocked, type Json } from '@prove/core'
import {
  createScanner,
  findNodeAtLocation,
  type Node,
  parse,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import type { DocumentFormat } from './define-value.js'
import { type KeyPath, nested } from './key-path.js'
import { lineAt } from './line-at.js'

const bom = '\uFEFF'
const lenient = { allowTrailingComma: true }

/** A file may begin with a byte order mark, which is no part of the document. */
const split = (text: string): { mark: string; body: string } =>
  text.startsWith(bom) ? { mark: bom, body: text.slice(1) } : { mark: '', body: text }

/** One step of indentation, as the document is written: two spaces where nothing tells. */
const stepOf = (text: string): string => /^([ \t]+)\S/m.exec(text)?.[1] ?? '  '

/** The white space that the line of an offset begins with. */
const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? ''

/** A value on lines of its own, or on one line. */
const written = (
  value: Json,
  layout: { readonly step: string; readonly indent: string; readonly end: string } | undefined,
): string => {
  if (layout === undefined)
    return JSON.stringify(value, undefined, 1)
      .replaceAll(/\n\s*/g, ' ')
      .replaceAll(/([[{]) | (?=[\]}])/g, '$1')
  return JSON.stringify(value, undefined, layout.step).replaceAll('\n', () => layout.end + layout.indent)
}

/** What in a document holds a place, as deep as it is there, and what is to be put into it. */
const holderOf = (
  root: Node,
  path: KeyPath,
  value: Json,
): { holder: Node; step: string | number; own: Node | undefined; value: Json } => {
  let holder = root
  for (const [i, step] of path.entries()) {
    const own = findNodeAtLocation(holder, [holder.type === 'array' ? Number(step) : String(step)])
    const isDeeper = i < path.length - 1 && (own?.type === 'object' || own?.type === 'array')
    if (!isDeeper || own === undefined) return { holder, step, own, value: nested(path.slice(i + 1), value) }
    holder = own
  }
  return { holder, step: '', own: root, value }
}

const endOf = ({ offset, length }: Node): number => offset + length

/** Behind the comma that follows an offset; undefined where none does before the collection ends. */
const commaAfter = (text: string, offset: number): number | undefined => {
  const scanner = createScanner(text, true)
  scanner.setPosition(offset)
  scanner.scan()
  return text[scanner.getTokenOffset()] === ',' ? scanner.getPosition() : undefined
}

/** The end of the line, where nothing but a remark stands between it and an offset; otherwise the offset. */
const behindRemark = (text: string, offset: number): number => {
  const rest = /^[ \t]*(?:\/\/[^\n\r]*|\/\*[^\n\r]*\*\/[ \t]*)?(?=\r?\n)/.exec(text.slice(offset))
  return rest === null ? offset : offset + rest[0].length
}

/** Where a line begins, if nothing but white space stands before an offset in it. */
const lineStart = (text: string, offset: number): number | undefined => {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return text.slice(start, offset).trim() === '' ? start : undefined
}

const put = (text: string, path: KeyPath, wanted: Json): string => {
  const root = parseTree(text, [], lenient)
  if (root === undefined) return text
  const { holder, step, own, value } = holderOf(root, path, wanted)
  const { children = [], offset } = holder
  const last = children.at(-1)
  const isBroken =
    last === undefined
      ? holder === root || text.trimEnd().includes('\n')
      : text.slice(offset, endOf(holder)).includes('\n')
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const oneStep = stepOf(text)
  const indent = last === undefined ? indentAt(text, offset) + oneStep : indentAt(text, children[0]?.offset ?? offset)
  const layout = isBroken ? { step: oneStep, indent, end } : undefined
  if (own !== undefined) return text.slice(0, own.offset) + written(value, layout) + text.slice(endOf(own))
  const item = `${holder.type === 'array' ? '' : `${JSON.stringify(String(step))}: `}${written(value, layout)}`
  const gap = isBroken ? end + indent : ' '
  if (last === undefined) {
    const held = text.slice(offset + 1, endOf(holder) - 1).trimEnd()
    const inner = isBroken || held !== '' ? `${held}${end}${indent}${item}${end}${indentAt(text, offset)}` : item
    return text.slice(0, offset + 1) + inner + text.slice(endOf(holder) - 1)
  }
  const comma = commaAfter(text, endOf(last))
  const after = comma ?? endOf(last)
  const at = isBroken ? behindRemark(text, after) : after
  const parted = comma === undefined ? `${text.slice(0, after)},${text.slice(after, at)}` : text.slice(0, at)
  return `${parted}${gap}${item}${text.slice(at)}`
}

/** One with a line of its own goes with the line, another with its comma; remarks on other lines stay. */
const without = (text: string, path: KeyPath): string => {
  const root = parseTree(text, [], lenient)
  const found = root === undefined ? undefined : findNodeAtLocation(root, [...path])
  const own = found?.parent?.type === 'property' ? found.parent : found
  const all = own?.parent?.children ?? []
  if (own?.parent === undefined) return text
  const before = all[all.indexOf(own) - 1]
  const comma = commaAfter(text, endOf(own))
  const end = comma ?? endOf(own)
  const remark = behindRemark(text, end)
  const start = lineStart(text, own.offset)
  const isOwnLine = start !== undefined && (remark > end || /^\r?\n/.test(text.slice(end)))
  // The last one leaves no comma behind that was not there.
  const lost = comma === undefined && before !== undefined ? commaAfter(text, endOf(before)) : undefined
  const until = isOwnLine ? text.indexOf('\n', remark) + 1 : end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0)
  const from = isOwnLine ? start : own.offset
  const head = lost === undefined ? text.slice(0, from) : text.slice(0, lost - 1) + text.slice(lost, from)
  return (
    (isOwnLine || comma !== undefined ? head : head.trimEnd()) +
    (isOwnLine ? text.slice(until) : text.slice(comma === undefined ? end : until))
  )
}

/** JSON, also with comments and commas behind the last value. */
export const jsonFormat: DocumentFormat = {
  parse: (text) => {
    const { body } = split(text)
    if (body.trim() === '') return { holds: undefined }
    const errors: ParseError[] = []
    const holds = parse(body, errors, lenient) as Json
    const [error] = errors
    if (error === undefined) return { holds }
    return blocked(`it is no JSON: ${printParseErrorCode(error.error)} in line ${lineAt(body, error.offset)}`)
  },
  change: (text, path, value) => {
    const { mark, body } = split(text)
    const begun = body.trim() === '' ? '{}\n' : body
    return mark + (value === undefined ? without(begun, path) : put(begun, path, value))
  },
}
