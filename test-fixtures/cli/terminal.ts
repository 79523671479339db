/** What a terminal shows after it was sent something. */
export interface Shown {
  /** All lines, those too that have scrolled away; blanks at their ends are left out. */
  readonly lines: readonly string[]
  readonly isCursorVisible: boolean
  /** How often the cursor was hidden: 0 where nothing was ever drawn again. */
  readonly hidden: number
}

// oxlint-disable-next-line no-control-regex -- what terminals obey
const sequence = /\u001B\[([?\d;]*)([A-Za-z])|[\s\S]/gu

/**
 * Obeys what Prove sends to a terminal, and refuses all else that would move or erase: "J" among it, which at the top of
 * a screen makes tmux keep what it erases.
 */
export const shownBy = (sent: string): Shown => {
  const lines: string[][] = [[]]
  let [row, column, hidden, isCursorVisible] = [0, 0, 0, true]
  for (const [found, given = '', order] of sent.matchAll(sequence)) {
    if (order === 'A') row = Math.max(0, row - Number(given || 1))
    else if (order === 'K' && given === '2') lines[row] = []
    else if (order === 'h' || order === 'l') {
      if (given === '?25') isCursorVisible = order === 'h'
      if (found === '\u001B[?25l') hidden += 1
    } else if (order !== undefined && order !== 'm') throw new Error(`sent ${JSON.stringify(found)}`)
    else if (order === 'm') continue
    else if (found === '\r') column = 0
    else if (found === '\n') {
      row += 1
      lines[row] ??= []
    } else if (/\p{Cc}/u.test(found)) throw new Error(`sent ${JSON.stringify(found)}`)
    else {
      const line = (lines[row] ??= [])
      while (line.length < column) line.push(' ')
      line[column] = found
      column += 1
    }
  }
  return { lines: lines.map((line) => line.join('').trimEnd()), isCursorVisible, hidden }
}
