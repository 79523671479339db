import { blocked, type Json } from '@prove/core'
import { applyEdits, modify, parse, type ParseError, printParseErrorCode } from 'jsonc-parser'
import type { DocumentFormat } from './define-value.js'
import { defineValue } from './define-value.js'
import { type KeyPath, nested } from './key-path.js'
import { lineAt } from './line-at.js'
import { jsonExamples } from './value-examples.js'

const bom = '\uFEFF'

/** A file may begin with a byte order mark, which is no part of the document. */
const split = (text: string): { mark: string; body: string } =>
  text.startsWith(bom) ? { mark: bom, body: text.slice(1) } : { mark: '', body: text }

/** As the document is written: two spaces where nothing tells. */
const formattingOf = (text: string) => {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  '
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' }
}

/** The deepest place on the way that has something to hold it, and what it is to hold. */
const placed = (document: Json, path: KeyPath, value: Json | undefined): { at: KeyPath; holds: Json | undefined } => {
  let node: unknown = document
  for (const [i, step] of path.slice(0, -1).entries()) {
    node = (node as Readonly<Record<string, unknown>>)[step]
    if (typeof node === 'object' && node !== null) continue
    return { at: path.slice(0, i + 1), holds: value === undefined ? undefined : nested(path.slice(i + 1), value) }
  }
  return { at: path, holds: value }
}

/** JSON, also with comments and commas behind the last value. */
export const jsonFormat: DocumentFormat = {
  parse: (text) => {
    const { body } = split(text)
    if (body.trim() === '') return { holds: undefined }
    const errors: ParseError[] = []
    const holds = parse(body, errors, { allowTrailingComma: true }) as Json
    const [error] = errors
    if (error === undefined) return { holds }
    return blocked(`it is no JSON: ${printParseErrorCode(error.error)} in line ${lineAt(body, error.offset)}`)
  },
  change: (text, path, value) => {
    const { mark, body } = split(text)
    const begun = body.trim() === '' ? '{}\n' : body
    const { at, holds } = placed(parse(begun, [], { allowTrailingComma: true }) as Json, path, value)
    const edits = modify(begun, [...at], holds, { formattingOptions: formattingOf(begun) })
    return mark + applyEdits(begun, edits)
  },
}

/** Keep a value in a JSON file. */
export const json = defineValue({
  name: 'json.value',
  about: 'Keep a value in a JSON file.',
  details: `Comments and commas behind the last value, as many programs take them, are kept, and so is the way the rest is written. Maps that are missing on the way are made. A file that is no JSON is an error, with its
line. Numbers have the precision of JavaScript.`,
  examples: jsonExamples,
  format: jsonFormat,
})
