/** A command line up to the cursor, as a POSIX shell reads it. */
export interface TypedLine {
  /** Without their quotes; the first is the program. */
  readonly words: readonly string[]
  /** The word that the cursor is in, without its quotes; empty behind a space. */
  readonly current: string
  /** The quote that is open at the cursor. */
  readonly quote: '' | "'" | '"'
  /** Characters of `current` that the shell does not replace: it cuts words at some characters, and at quotes. */
  readonly kept: number
}

/** Reads a line. `breaks` are the characters where the shell cuts a word for completion: bash has them in COMP_WORDBREAKS. */
export const typedLine = (line: string, breaks = ''): TypedLine => {
  const words: string[] = []
  let current: string | undefined
  let quote: TypedLine['quote'] = ''
  let kept = 0
  const add = (text: string): void => {
    current = (current ?? '') + text
  }
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i)
    if (char === '\\' && quote !== "'") {
      const next = line.charAt(++i)
      // Between double quotes it stands for itself, except before what is special there.
      add(quote === '' || '"\\$`'.includes(next) ? next : `\\${next}`)
    } else if (quote === '' ? char === '"' || char === "'" : char === quote) {
      quote = quote === '' ? (char as '"' | "'") : ''
      add('')
      kept = (current ?? '').length
    } else if (quote === '' && /\s/.test(char)) {
      if (current !== undefined) words.push(current)
      current = undefined
      kept = 0
    } else {
      add(char)
      if (quote === '' && breaks.includes(char)) kept = (current ?? '').length
    }
  }
  return { words, current: current ?? '', quote, kept }
}

/** What is to stand in the line in place of what the shell replaces, quoted as the line is. */
export const inserted = (value: string, { quote, kept }: Pick<TypedLine, 'quote' | 'kept'>): string => {
  const rest = value.slice(kept)
  if (quote === "'") return rest
  if (quote === '"') return rest.replaceAll(/["$\\`]/g, String.raw`\$&`)
  return rest.replaceAll(/[^\p{L}\p{N}\w@%+=:,./-]/gu, String.raw`\$&`)
}
