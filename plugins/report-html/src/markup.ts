/** Text that is HTML already; all other text is escaped on its way in. */
export interface Html {
  readonly html: string
}

type Value = Html | string | number | undefined | readonly Value[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that no page may hold, or that turn the direction of text around, are shown by their number. */
const unseen = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu

const escaped = (text: string): string =>
  text
    .replaceAll(unseen, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[&<>"']/g, (found) => entities[found] ?? '')

const textOf = (value: Value): string => {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'html' in value ? value.html : value.map(textOf).join('')
}

/**
 * A piece of HTML: what stands in `${}` is escaped, unless it is such a piece itself; a list is joined. (It is
 * not named `html`: formatters take that for leave to move white space, which a diff cannot bear.)
 */
export const markup = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: parts.map((part, i) => (i === 0 ? part : `${textOf(values[i - 1])}${part}`)).join(''),
})

/** Text that was made as HTML elsewhere. */
export const asHtml = (text: string): Html => ({ html: text })
