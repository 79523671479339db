import type { Screen } from './screen.js'

const escape = '\u001B['
const hideCursor = `${escape}?25l`
const showCursor = `${escape}?25h`
/** All between these appears at once, where the terminal knows them. */
const together = { begin: `${escape}?2026h`, end: `${escape}?2026l` }

/** What was drawn last: texts, and how many columns each takes. */
export interface DrawnLine {
  readonly text: string
  readonly width: number
}

/** Lines at the bottom of a terminal that are drawn again and again, with lines that stay above them. */
export class LiveRegion {
  #drawn: readonly DrawnLine[] = []
  #isHidden = false

  constructor(private readonly screen: Pick<Screen, 'columns' | 'write'>) {}

  /** One write: the old lines go, `above` stays for good, `block` is what is drawn until the next time. */
  draw(above: string, block: readonly DrawnLine[]): void {
    if (above === '' && block.length === 0 && this.#drawn.length === 0) return
    const hide = block.length > 0 && !this.#isHidden ? hideCursor : ''
    const show = block.length === 0 && this.#isHidden ? showCursor : ''
    const text = `${this.#erase()}${above}${block.map((line) => `${line.text}\n`).join('')}`
    this.screen.write(`${together.begin}${hide}${text}${show}${together.end}`)
    this.#drawn = block
    this.#isHidden = block.length > 0
  }

  /**
   * Row by row, from that of the cursor, where a key that was pressed may show, to the first of the lines; in a terminal
   * that became narrower they take more rows. One command could erase all from the first line on, but at the top of a
   * screen tmux keeps what that erases, and every picture would stay in what can be scrolled back to.
   */
  #erase(): string {
    if (this.#drawn.length === 0) return ''
    const { columns } = this.screen
    const rows = this.#drawn.reduce((sum, { width }) => sum + Math.max(1, Math.ceil(width / columns)), 0)
    return `\r${escape}2K${`${escape}1A${escape}2K`.repeat(rows)}`
  }
}
