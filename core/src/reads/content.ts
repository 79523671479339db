import type { LateRead } from '../contracts/late.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { endPart, markedParts, newMark } from '../wire/marked-parts.js'
import { quoteAll } from '../wire/quote.js'
import { onlyPath } from './late-arguments.js'

export interface ContentQuery {
  readonly path: string
  /** The text itself matters, and not only a diff of it: what is there and cannot be given is a problem. */
  readonly exact?: true
}

/** The text of a file, for a diff; absent when it is binary, too long, gone, or about to be written. */
export interface ContentAnswer {
  readonly text?: string
}

/** Bytes of a file that are fetched to show a diff. */
const contentLimit = 256 * 1024

export const content = (path: string): Read<ContentAnswer> => ({
  kind: 'content',
  key: `content:${path}`,
  query: { path } satisfies ContentQuery,
})

/** The same as a value: its text is absent only where nothing is at the path. */
const exactContent = (path: string): Read<ContentAnswer> => ({
  kind: 'content',
  key: `text:${path}`,
  query: { path, exact: true } satisfies ContentQuery,
})

/** Whether there is content, or why not. */
type Found = 'text' | 'absent' | 'other' | 'unreadable'

/**
 * A line with a mark; then the contents, up to so many bytes of each, and one more of longer files, with what was found behind it.
 * Only with the mark is it known where contents end: nobody can have put it into one.
 */
export const contentScript = (paths: readonly string[], limit: number): string => {
  const mark = newMark()
  return `
c() {
if ! [ -e "$1" ] && ! [ -L "$1" ]; then r=absent
elif [ -L "$1" ] || ! [ -f "$1" ]; then r=other
elif head -c ${limit + 1} "$1"; then r=text
else r=unreadable; fi
${endPart(mark, '$r')}
}
echo ${mark}; for p in ${quoteAll(paths)}; do c "$p"; done`
}

/** What that script told of each path, in order, as far as it came. */
export const contentRecords = (output: Buffer): readonly { readonly bytes: Buffer; readonly found: Found }[] => {
  const end = output.indexOf(10)
  if (end <= 0) return []
  const mark = output.subarray(0, end).toString('latin1')
  return markedParts(output.subarray(end + 1), mark).map(({ bytes, word }) => ({ bytes, found: word as Found }))
}

const script = (queries: readonly ContentQuery[]): string =>
  contentScript(
    queries.map(({ path }) => path),
    contentLimit,
  )

const textOf = (bytes: Buffer): ContentAnswer => {
  if (bytes.length > contentLimit || bytes.includes(0)) return {}
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? { text } : {}
}

const failed = (detail: string): Answered<ContentAnswer> => ({ ok: false, problem: 'failed', detail })

const exactAnswer = (bytes: Buffer, found: Found): Answered<ContentAnswer> => {
  if (found === 'absent') return { ok: true, value: {} }
  if (found === 'unreadable') return failed('permission denied')
  if (found !== 'text') return failed('it is no regular file, and links are not followed')
  const value = textOf(bytes)
  return value.text === undefined ? failed('it is no text of at most 256 KiB') : { ok: true, value }
}

const parse = (output: Buffer, queries: readonly ContentQuery[]): readonly Answered<ContentAnswer>[] => {
  const records = contentRecords(output)
  return queries.map(({ exact }, i) => {
    const record = records[i]
    if (record === undefined) {
      return exact === true ? failed('the answer of the target broke off') : { ok: true, value: {} }
    }
    return exact === true ? exactAnswer(record.bytes, record.found) : { ok: true, value: textOf(record.bytes) }
  })
}

const late: LateRead<ContentAnswer> = {
  about: 'The text of a regular file up to 256 KiB; null when there is none.',
  usage: 'content(path)',
  read: (...args) => exactContent(onlyPath(args)),
  value: ({ text }) => text ?? null,
  members: [],
}

export const contentKind: ReadKind<ContentQuery, ContentAnswer> = {
  name: 'content',
  tools: ['head'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  // What a diff lacks it can do without; the text itself would be a guess.
  predict: ({ exact }) => (exact === true ? undefined : {}),
  late,
}
