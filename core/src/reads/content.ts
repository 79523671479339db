import type { LateRead } from '../contracts/late.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { quote } from '../wire/quote.js'
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

/** Of each path a line with the bytes that follow and, where there is no content, why; then so many bytes at the most, and one more of longer files. */
export const contentScript = (paths: readonly string[], limit: number): string => `
c() {
: >"$D/c"; s=
if ! [ -e "$1" ] && ! [ -L "$1" ]; then s=absent
elif [ -L "$1" ] || ! [ -f "$1" ]; then s=other
else head -c ${limit + 1} "$1" >"$D/c" || s=unreadable; fi
echo $(wc -c <"$D/c") $s; cat "$D/c"
}
${paths.map((path) => `c ${quote(path)}`).join('\n')}`

/** What that script told of each path, in order; undefined where it broke off. */
export const contentRecords = (
  output: Buffer,
  count: number,
): readonly ({ readonly bytes: Buffer; readonly odd: string | undefined } | undefined)[] => {
  let at = 0
  return Array.from({ length: count }, () => {
    const end = output.indexOf(10, at)
    const head = output.subarray(at, Math.max(at, end)).toString('latin1')
    const [, digits, odd] = /^(\d+) ?(\w+)?$/.exec(head) ?? []
    const size = Number(digits)
    if (digits === undefined || end + 1 + size > output.length) return undefined
    at = end + 1 + size
    return { bytes: output.subarray(end + 1, at), odd }
  })
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

const exactAnswer = (bytes: Buffer, odd: string | undefined): Answered<ContentAnswer> => {
  if (odd === 'absent') return { ok: true, value: {} }
  if (odd === 'unreadable') return failed('permission denied')
  if (odd !== undefined) return failed('it is no regular file, and links are not followed')
  const value = textOf(bytes)
  return value.text === undefined ? failed('it is no text of at most 256 KiB') : { ok: true, value }
}

const parse = (output: Buffer, queries: readonly ContentQuery[]): readonly Answered<ContentAnswer>[] => {
  const records = contentRecords(output, queries.length)
  return queries.map(({ exact }, i) => {
    const record = records[i]
    if (record === undefined) {
      return exact === true ? failed('the answer of the target broke off') : { ok: true, value: {} }
    }
    return exact === true ? exactAnswer(record.bytes, record.odd) : { ok: true, value: textOf(record.bytes) }
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
  tools: ['head', 'wc', 'cat'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  // What a diff lacks it can do without; the text itself would be a guess.
  predict: ({ exact }) => (exact === true ? undefined : {}),
  late,
}
