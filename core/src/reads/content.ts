import type { LateRead } from '../contracts/late.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { countedParts, sendCounted } from '../wire/counted-parts.js'
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
 * A line with what was found at each path; then the contents, up to so many bytes of each, and one more of longer files. They are
 * copied first: what is counted must be what is sent.
 */
export const contentScript = (paths: readonly string[], limit: number): string => `
c() {
: >"$D/c$i"
if ! [ -e "$1" ] && ! [ -L "$1" ]; then printf 'absent '
elif [ -L "$1" ] || ! [ -f "$1" ]; then printf 'other '
elif head -c ${limit + 1} "$1" >"$D/c$i"; then printf 'text '
else printf 'unreadable '; fi
}
i=0; for p in ${quoteAll(paths)}; do c "$p"; i=$((i+1)); done; echo
i=0; set --; while [ $i -lt ${paths.length} ]; do set -- "$@" "$D/c$i"; i=$((i+1)); done
${sendCounted('"$@"')}
for p; do : >"$p"; done`

/** What that script told of each path, in order; nothing where it broke off. */
export const contentRecords = (
  output: Buffer,
  count: number,
): readonly { readonly bytes: Buffer; readonly found: Found }[] => {
  const end = output.indexOf(10)
  const found = output.subarray(0, Math.max(0, end)).toString('latin1').split(' ') as readonly Found[]
  return countedParts(output.subarray(end + 1), count).map((bytes, i) => ({ bytes, found: found[i] ?? 'other' }))
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
  const records = contentRecords(output, queries.length)
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
  tools: ['head', 'wc', 'cat'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  // What a diff lacks it can do without; the text itself would be a guess.
  predict: ({ exact }) => (exact === true ? undefined : {}),
  late,
}
