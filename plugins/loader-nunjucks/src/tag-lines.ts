/** A text between tags, of which the range from `from` to `to` is printed. */
export interface DataRange {
  readonly start: number
  readonly end: number
  from: number
  to: number
}

/** What a template is made of, in its order. */
export type Item = { readonly data: DataRange } | { readonly tag: 'block' | 'output'; readonly hasDash: boolean }

const lineBreak = /\r\n|\r|\n/g
const blank = /^[^\S\r\n]*$/

/**
 * Takes out the lines that hold nothing but block tags and comments, with their indentation and their line break, as
 * everyone expects who writes `{% if … %}` on a line of its own between lines of YAML. Any other line keeps both: Jinja's
 * `trim_blocks` and `lstrip_blocks` would join `mode: {% if x %}a{% endif %}` with the line below, and would lose the
 * indentation of a line that starts with a tag. A line with a dash in one of its tags is left to the dash.
 */
export const removeTagLines = (text: string, items: readonly Item[]): void => {
  let line = new Line(undefined, 0)
  for (const item of items) {
    if ('tag' in item) line.addTag(item)
    else line = readData(text, item.data, line)
  }
  line.close(undefined, 0)
}

const readData = (text: string, data: DataRange, line: Line): Line => {
  const own = text.slice(data.start, data.end)
  const breaks = [...own.matchAll(lineBreak)]
  const [first] = breaks
  const last = breaks.at(-1)
  if (first === undefined || last === undefined) {
    line.addText(data, blank.test(own))
    return line
  }
  line.close(data, blank.test(own.slice(0, first.index)) ? data.start + first.index + first[0].length : undefined)
  const next = last.index + last[0].length
  const below = new Line(data, data.start + next)
  if (!blank.test(own.slice(next))) below.spoil()
  return below
}

class Line {
  #tags = 0
  #isSpoilt = false
  readonly #between: DataRange[] = []

  constructor(
    private readonly before: DataRange | undefined,
    private readonly start: number,
  ) {}

  addTag({ tag, hasDash }: { readonly tag: 'block' | 'output'; readonly hasDash: boolean }): void {
    this.#tags++
    if (tag === 'output' || hasDash) this.spoil()
  }

  addText(data: DataRange, isBlank: boolean): void {
    this.#between.push(data)
    if (!isBlank) this.spoil()
  }

  spoil(): void {
    this.#isSpoilt = true
  }

  /** `end` is the offset behind the line break; undefined when other text stands before it. */
  close(after: DataRange | undefined, end: number | undefined): void {
    if (this.#isSpoilt || this.#tags === 0 || end === undefined) return
    if (this.before !== undefined) this.before.to = Math.min(this.before.to, this.start)
    for (const data of this.#between) data.to = data.from
    if (after !== undefined) after.from = Math.max(after.from, end)
  }
}
