/** Text in a page: nothing of it is taken for markup of HTML or of Vue. */
export const plain = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;').replaceAll('|', '\\|')

/** Text in a page that may hold `code`, which stays as it is. */
export const withCode = (text) =>
  text
    .split(/(`[^`]*`)/)
    .map((piece) => (piece.startsWith('`') ? piece.replaceAll('|', '\\|') : plain(piece)))
    .join('')

/** Code within a line, or nothing for no text. */
export const code = (text) => (text === '' ? '' : `\`${text.replaceAll('|', '\\|')}\``)

/** A fence that ends only where it should. */
export const fence = (language, text) => {
  const ticks = text.includes('```') ? '````' : '```'
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`
}

/** A table; columns in which nothing stands are left out. */
export const table = (columns, rows) => {
  const shown = columns.map((_, i) => i).filter((i) => rows.some((row) => row[i] !== ''))
  const line = (cells) => `| ${shown.map((i) => cells[i]).join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n')
}
