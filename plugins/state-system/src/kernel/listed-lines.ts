import { bare, joined, linesOf } from '@prove/core/files'

const wordsOf = (line: string): string => bare(line).trim().split(/\s+/).join(' ')

/** The text with a line of these words, where one is or at the end. No other byte changes. */
export const withWords = (text: string, words: string): string => {
  const lines = linesOf(text)
  return lines.some((line) => wordsOf(line) === words) ? text : joined([...lines, `${words}\n`])
}

/** The text without any such line. */
export const withoutWords = (text: string, words: string): string =>
  linesOf(text)
    .filter((line) => wordsOf(line) !== words)
    .join('')
