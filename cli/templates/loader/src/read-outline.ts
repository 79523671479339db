import type { SourceText } from '@prove/core'
import type { Entry, Node } from './node.js'
import { type Line, readLines } from './read-line.js'

/**
 * Reads an outline: `key = value`, or a key alone with what it holds on the deeper lines below it; `-` begins an item of a list, and
 * `#` a remark. Digits alone are a number. Throws PRV_LOADER_SYNTAX at the place of the mistake.
 */
export const readOutline = (source: SourceText): Node => {
  const lines = readLines(source)
  const { node, next } = blockAt(source, lines, 0)
  const rest = lines[next]
  if (rest !== undefined)
    throw source.error('this line is indented less than the first one', rest.at, 'indent it like the first')
  return node
}

/** The lines of one depth from here on, with all that is below them. */
const blockAt = (source: SourceText, lines: readonly Line[], first: number): { node: Node; next: number } => {
  const head = lines[first]
  if (head === undefined) return { node: { at: 0, data: {}, entries: new Map() }, next: first }
  const isList = head.key === undefined
  const entries = new Map<string, Entry>()
  let i = first
  for (let line: Line | undefined = head; line !== undefined && line.depth >= head.depth; line = lines[i]) {
    if (line.depth > head.depth)
      throw source.error(
        'this line is indented more than the one it belongs to',
        line.at,
        'indent it like the lines around it',
      )
    if ((line.key === undefined) !== isList)
      throw source.error('items of a list and keys stand side by side', line.at, 'make it one of both')
    const name = line.key ?? String(entries.size)
    if (entries.has(name)) throw source.error(`the key "${name}" is written twice`, line.at, 'remove one of them')
    const { node, next } = valueAt(source, lines, i)
    entries.set(name, { keyAt: isList ? node.at : line.at, value: node })
    i = next
  }
  return { node: { at: head.at, data: dataOf(entries, isList), entries }, next: i }
}

/** What a line says, or the lines below it. */
const valueAt = (source: SourceText, lines: readonly Line[], i: number): { node: Node; next: number } => {
  const line = lines[i]
  const below = lines[i + 1]
  const isDeeper = line !== undefined && below !== undefined && below.depth > line.depth
  if (line?.value === undefined) {
    if (isDeeper) return blockAt(source, lines, i + 1)
    throw source.error('nothing is said of this', line?.at ?? 0, 'write "= value" behind it, or lines below it')
  }
  if (isDeeper) throw source.error('a line with a value holds no others', below.at, 'indent it less')
  const { text, at } = line.value
  return { node: { at, data: scalar(text), entries: new Map() }, next: i + 1 }
}

const scalar = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
}

/** fromEntries makes own properties of all keys, be it `__proto__`: no prototype is reached. */
const dataOf = (entries: ReadonlyMap<string, Entry>, isList: boolean): unknown => {
  const values = Array.from(entries, ([name, { value }]) => [name, value.data] as const)
  return isList ? values.map(([, value]) => value) : Object.fromEntries(values)
}
