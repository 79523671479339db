import { bare, joined, linesOf } from '@prove/core/files'

/** What a line of /etc/fstab says, without its escapes. */
export interface FstabLine {
  readonly device: string
  readonly path: string
  readonly fstype: string
  /** With commas between. */
  readonly options: string
  readonly dump: number
  readonly pass: number
}

const unescape = (word: string): string => {
  // Octal escapes stand for bytes, of which a letter may have several.
  const bytes = word.replaceAll(/\\([0-3][0-7]{2})/g, (_all, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  )
  return bytes === word ? word : decoded(word)
}

const decoded = (word: string): string => {
  const parts = word.split(/(\\[0-3][0-7]{2})/)
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 1 ? Buffer.from([Number.parseInt(part.slice(1), 8)]) : Buffer.from(part))),
  ).toString('utf8')
}

const escape = (word: string): string =>
  word.replaceAll(/[\s\\]|^#/g, (odd) => `\\${(odd.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`)

const trimmed = (path: string): string => path.replace(/(?<=.)\/+$/, '')

interface Split {
  /** Blanks before, between and behind, one more than there are words. */
  readonly blanks: readonly string[]
  readonly words: readonly string[]
}

const split = (line: string): Split => {
  const parts = bare(line).split(/([^ \t]+)/)
  return { blanks: parts.filter((_part, i) => i % 2 === 0), words: parts.filter((_part, i) => i % 2 === 1) }
}

const parse = (line: string): FstabLine | undefined => {
  const [device, path, fstype, options = 'defaults', dump = '0', pass = '0'] = split(line).words
  if (device === undefined || path === undefined || fstype === undefined || device.startsWith('#')) return undefined
  return {
    device: unescape(device).replace(/^(\w+)="(.*)"$/, '$1=$2'),
    path: trimmed(unescape(path)),
    fstype,
    options: unescape(options),
    dump: Number(dump),
    pass: Number(pass),
  }
}

const wordsOf = ({ device, path, fstype, options, dump, pass }: FstabLine): readonly string[] => [
  ...[device, path, fstype, options].map(escape),
  String(dump),
  String(pass),
]

/** The lines of a path: what they say, and how they are written. */
export const linesFor = (text: string, path: string): readonly (FstabLine & { readonly written: string })[] =>
  linesOf(text).flatMap((line) => {
    const found = parse(line)
    return found?.path === path ? [{ ...found, written: bare(line).trim() }] : []
  })

/** As a line is written anew. */
export const writtenLine = (line: FstabLine): string => wordsOf(line).join(' ')

const isSame = (a: FstabLine, b: FstabLine): boolean => wordsOf(a).join(' ') === wordsOf(b).join(' ')

/** The line with other words where they differ; the blanks between them stay as they are. */
const rewritten = (line: string, now: FstabLine, wanted: FstabLine): string => {
  const { blanks, words } = split(line)
  const [is, to] = [wordsOf(now), wordsOf(wanted)]
  const own = to.map((word, i) => (words[i] !== undefined && is[i] === word ? words[i] : word))
  // What stands behind the sixth word is read by nobody, and may mean something to somebody.
  const all = [...own, ...words.slice(own.length)]
  const body = all.map((word, i) => `${blanks[i] === '' && i > 0 ? ' ' : (blanks[i] ?? ' ')}${word}`)
  return `${body.join('')}${line.slice(bare(line).length)}`
}

/** The text with this as the only line of its path: where the first one is, or at the end. No other byte changes. */
export const withLine = (text: string, wanted: FstabLine): string => {
  const lines = linesOf(text)
  const found = lines.flatMap((line, i) => {
    const now = parse(line)
    return now?.path === wanted.path ? [{ i, now }] : []
  })
  const [first, ...more] = found
  if (first === undefined) return joined([...lines, `${writtenLine(wanted)}\n`])
  const isOld = new Set(more.map(({ i }) => i))
  return lines
    .map((line, i) => (i === first.i && !isSame(first.now, wanted) ? rewritten(line, first.now, wanted) : line))
    .filter((_line, i) => !isOld.has(i))
    .join('')
}

/** The text without any line of the path. */
export const withoutLines = (text: string, path: string): string =>
  linesOf(text)
    .filter((line) => parse(line)?.path !== path)
    .join('')
