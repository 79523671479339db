import { blocked, type Json } from '@prove/core'
import { parse, TomlError } from 'smol-toml'
import type { DocumentFormat } from './define-value.js'
import type { KeyPath } from './key-path.js'
import { type Statement, statementsOf } from './toml-statements.js'

const bare = /^[A-Za-z0-9_-]+$/

const keyText = (step: string | number): string =>
  bare.test(String(step)) ? String(step) : JSON.stringify(String(step))

const pathWords = (path: KeyPath): string => path.map(keyText).join('.')

/** A text as TOML writes it: as JSON does, but for what JSON leaves unescaped. */
const stringText = (text: string): string => JSON.stringify(text).replaceAll('\u007F', '\\u007F')

const valueText = (value: Json): string => {
  if (typeof value === 'string') return stringText(value)
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const inner = Object.entries(value).map(([name, each]) => `${keyText(name)} = ${valueText(each)}`)
  return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`
}

const holdsNull = (value: Json | undefined): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some((inner) => holdsNull(inner)))

const startsWith = (path: KeyPath, prefix: KeyPath): boolean =>
  prefix.every((step, i) => String(path[i]) === String(step))

const samePath = (a: KeyPath, b: KeyPath): boolean => a.length === b.length && startsWith(a, b)

/** Puts a line behind the last statement of a table, or of the file's head. */
const addLine = (text: string, statements: readonly Statement[], table: KeyPath, line: string): string => {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const own = statements.findLast((each) => samePath(each.table, table))
  if (own === undefined && table.length > 0) {
    const gap = text.trim() === '' ? '' : text.endsWith('\n') ? end : end + end
    return `${text}${gap}[${pathWords(table)}]${end}${line}${end}`
  }
  const at = own === undefined ? 0 : own.lineEnd
  const before = text.slice(0, at)
  if (before !== '' && !before.endsWith('\n')) return `${before}${end}${line}${text.slice(at)}`
  const gap = own === undefined && text.startsWith('[') ? end : ''
  return `${before}${line}${end}${gap}${text.slice(at)}`
}

/** The deepest table on the way that has a header of its own; a new name goes there. */
const homeOf = (statements: readonly Statement[], path: KeyPath): KeyPath => {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const table = path.slice(0, depth)
    if (statements.some((each) => each.value === undefined && samePath(each.table, table))) return table
  }
  return statements.some((each) => startsWith(each.path, path.slice(0, -1))) ? [] : path.slice(0, -1)
}

const removed = (text: string, statements: readonly Statement[], path: KeyPath): string =>
  statements
    .filter((each) => startsWith(each.path, path) && each.path.length >= path.length)
    .toReversed()
    .reduce((rest, { lineStart, lineEnd }) => rest.slice(0, lineStart) + rest.slice(lineEnd), text)

const changed = (text: string, path: KeyPath, value: Json): string => {
  const statements = statementsOf(text)
  const own = statements.find((each) => each.value !== undefined && samePath(each.path, path))
  if (own?.value !== undefined) return text.slice(0, own.value.from) + valueText(value) + text.slice(own.value.to)
  const home = homeOf(statements, path)
  return addLine(text, statements, home, `${pathWords(path.slice(home.length))} = ${valueText(value)}`)
}

/** TOML, with its comments and the way it is written. */
export const tomlFormat: DocumentFormat = {
  parse: (text) => {
    if (text.trim() === '') return { holds: undefined }
    try {
      // Dates become texts, as they are written for JSON.
      return { holds: JSON.parse(JSON.stringify(parse(text))) as Json }
    } catch (error) {
      if (!(error instanceof TomlError)) throw error
      return blocked(`it is no TOML: line ${error.line}, column ${error.column}: ${error.message.split('\n')[0]}`)
    }
  },
  change: (text, path, value) => {
    if (holdsNull(value)) return blocked('TOML has no null')
    const statements = statementsOf(text)
    const isTable = statements.some(
      (each) => startsWith(each.path, path) && (each.value === undefined || each.path.length > path.length),
    )
    if (value === undefined) return removed(text, statements, path)
    if (isTable) return changed(removed(text, statements, path), path, value)
    return changed(text, path, value)
  },
}
