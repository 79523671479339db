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
  return scanner.getTokenValue() === ',' ? scanner.getPosition() : undefined
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
    const inner = isBroken ? `${gap}${item}${end}${indentAt(text, offset)}` : item
    return text.slice(0, offset + 1) + inner + text.slice(endOf(holder) - 1)
  }
  const comma = commaAfter(text, endOf(last))
  const at = comma ?? endOf(last)
  return `${text.slice(0, at)}${comma === undefined ? ',' : ''}${gap}${item}${text.slice(at)}`
}

/** What has no neighbours leaves an empty collection; the others go with the comma that parts them. */
const without = (text: string, path: KeyPath): string => {
  const root = parseTree(text, [], lenient)
  const found = root === undefined ? undefined : findNodeAtLocation(root, [...path])
  const own = found?.parent?.type === 'property' ? found.parent : found
  const all = own?.parent?.children ?? []
  const at = own === undefined ? -1 : all.indexOf(own)
  const [before, after] = [all[at - 1], all[at + 1]]
  if (own?.parent === undefined) return text
  if (after !== undefined) return text.slice(0, own.offset) + text.slice(after.offset)
  if (before !== undefined) return text.slice(0, endOf(before)) + text.slice(endOf(own))
  return text.slice(0, own.parent.offset + 1) + text.slice(endOf(own.parent) - 1)
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
