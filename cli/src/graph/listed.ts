/** Columns of a terminal that nobody has widened. */
const width = 80

/** A label with what it says, wrapped between items; lines after the first stand below the first item. None without items. */
export const listed = (
  label: string,
  items: readonly string[],
  indent: number,
  column: number,
  separator = ',',
): readonly string[] => {
  const lines: string[] = []
  let line = `${' '.repeat(indent)}${label.padEnd(column - indent - 1)}`
  let isEmpty = true
  for (const [i, item] of items.entries()) {
    const text = i === items.length - 1 ? item : `${item}${separator}`
    if (!isEmpty && line.length + 1 + text.length > width) {
      lines.push(line)
      line = ' '.repeat(column - 1)
    }
    line += ` ${text}`
    isEmpty = false
  }
  return isEmpty ? [] : [...lines, line]
}
