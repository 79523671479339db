/** One word of POSIX shell that means exactly this text. The only way anything enters a script. */
export const quote = (text: string): string => {
  if (text.includes('\0')) throw new RangeError('a NUL byte cannot be passed to a shell')
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A command line out of words. */
export const quoteAll = (words: readonly string[]): string => words.map(quote).join(' ')
