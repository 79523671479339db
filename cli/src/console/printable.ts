/** Control characters but the end of a line and the tab; and what turns the direction of writing around. */
const unprintable = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu

/** What was found may hold anything; a terminal must not obey it. */
export const printable = (text: string): string =>
  text.replaceAll(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
