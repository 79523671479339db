import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { quote } from '../wire/quote.js'

export interface ContentQuery {
  readonly path: string
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

const script = (queries: readonly ContentQuery[]): string => `
c() {
: >"$D/c"
[ -f "$1" ] && ! [ -L "$1" ] && head -c ${contentLimit + 1} "$1" >"$D/c"
echo $(wc -c <"$D/c"); cat "$D/c"
}
${queries.map(({ path }) => `c ${quote(path)}`).join('\n')}`

const textOf = (bytes: Buffer): ContentAnswer => {
  if (bytes.length > contentLimit || bytes.includes(0)) return {}
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? { text } : {}
}

const parse = (output: Buffer, queries: readonly ContentQuery[]): readonly Answered<ContentAnswer>[] => {
  let at = 0
  return queries.map(() => {
    const end = output.indexOf(10, at)
    const size = Number(output.subarray(at, Math.max(at, end)).toString('latin1').trim() || Number.NaN)
    if (end < 0 || !Number.isInteger(size) || end + 1 + size > output.length) return { ok: true, value: {} }
    at = end + 1 + size
    return { ok: true, value: textOf(output.subarray(end + 1, at)) }
  })
}

export const contentKind: ReadKind<ContentQuery, ContentAnswer> = {
  name: 'content',
  tools: ['head', 'wc', 'cat'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  predict: () => ({}),
}
