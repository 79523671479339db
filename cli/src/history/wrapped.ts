/** Columns of a terminal that nobody has widened. */
const width = 80

/** A text in lines that fit, all at the same column; a word that is too long stands alone. */
export const wrapped = (text: string, indent: number): readonly string[] => {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && indent + line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines.map((line) => `${' '.repeat(indent)}${line}`)
}
