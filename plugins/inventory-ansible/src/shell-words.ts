import type { SourceText } from '@prove/core'
import type { Word } from './word.js'

/**
 * The words of a line as a shell would see them, with the offset of each: quotes hold a word together, a backslash takes the
 * next character as it is, and `#` begins a comment wherever it stands outside of quotes.
 */
export const shellWords = (source: SourceText, line: Word): readonly Word[] => {
  const words: Word[] = []
  const { text } = line
  let at = 0
  while (at < text.length && text[at] !== '#') {
    if (/\s/.test(text.charAt(at))) {
      at++
      continue
    }
    const start = at
    let word = ''
    while (at < text.length && !/[\s#]/.test(text.charAt(at))) {
      const [raw, value] = pieceAt(source, line, at)
      word += value
      at += raw
    }
    words.push({ text: word, at: line.at + start })
  }
  return words
}

/** How long the next piece is, and what it stands for. */
const pieceAt = (source: SourceText, { text, at: lineAt }: Word, at: number): readonly [number, string] => {
  const rest = text.slice(at)
  if (rest.startsWith("'")) {
    const [whole, inside = ''] = /^'([^']*)'/.exec(rest) ?? []
    if (whole !== undefined) return [whole.length, inside]
  } else if (rest.startsWith('"')) {
    const [whole, inside = ''] = /^"((?:[^"\\]|\\.)*)"/.exec(rest) ?? []
    if (whole !== undefined) return [whole.length, inside.replaceAll(/\\(["\\])/g, '$1')]
  } else if (!rest.startsWith('\\')) {
    const [plain] = /^[^\s#'"\\]+/.exec(rest) ?? ['']
    return [plain.length, plain]
  } else if (rest.length > 1) return [2, rest.charAt(1)]
  else throw source.error('the line ends with a backslash', lineAt + at, 'remove it, or write it twice')
  throw source.error('a quote is never closed', lineAt + at, 'write the closing quote')
}
