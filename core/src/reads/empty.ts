import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { quote } from '../wire/quote.js'

interface EmptyQuery {
  readonly path: string
}

/** Whether a directory has no entries. */
export const empty = (path: string): Read<boolean> => ({ kind: 'empty', key: `empty:${path}`, query: { path } })

const parse = (output: Buffer, queries: readonly EmptyQuery[]): readonly Answered<boolean>[] => {
  const lines = output.toString('latin1').split('\n')
  return queries.map((_query, i) => ({ ok: true, value: lines[i] === 'empty' }))
}

export const emptyKind: ReadKind<EmptyQuery, boolean> = {
  name: 'empty',
  tools: [],
  script: (queries) => `
e() { for f in "$1"/* "$1"/.*; do case \${f##*/} in .|..) continue;; esac
[ -e "$f" ] || [ -L "$f" ] || continue; echo full; return; done; echo empty; }
${queries.map(({ path }) => `e ${quote(path)}`).join('\n')}`,
  parse,
  restsOn: ({ path }) => ({ paths: [path], below: true }),
}
