/** An element with its attributes, and what it holds: other elements, or text. */
export interface Element {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string | number | undefined>>
  readonly holds?: string | readonly Element[]
}

/** A whole document. */
export const xmlText = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, '')}`

const elementText = ({ name, attributes = {}, holds = [] }: Element, indent: string): string => {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapedValue(String(value))}"`))
    .join('')
  const open = `${indent}<${name}${written}`
  if (holds.length === 0) return `${open}/>\n`
  if (typeof holds === 'string') return `${open}>${escaped(holds)}</${name}>\n`
  return `${open}>\n${holds.map((each) => elementText(each, `${indent}  `)).join('')}${indent}</${name}>\n`
}

/** What XML 1.0 has no way to write, however it is escaped: shown as what it is instead. */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for an element. */
const escaped = (text: string): string =>
  text
    .replaceAll(unwritable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[&<>"]/g, (found) => entities[found] ?? found)
    .replaceAll('\r', '&#13;')

/** Text for an attribute, where parsers would make blanks of the ends of lines. */
const escapedValue = (text: string): string => escaped(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
