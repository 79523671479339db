import type { Answered, Given, Read, ReadKind } from '@prove/core'
import { quote } from '@prove/core'

interface ListingQuery {
  readonly path: string
}

/** One thing below a directory, by its path from there. */
export interface Listed {
  readonly path: string
  readonly type: 'file' | 'directory' | 'link' | 'other'
}

/** All that is below a directory, on its own file system, sorted; nothing where there is no directory. */
export const listing = (path: string): Read<readonly Listed[]> => ({
  kind: 'listing',
  key: `listing:${path}`,
  query: { path } satisfies ListingQuery,
})

const types: Readonly<Record<string, Listed['type']>> = { d: 'directory', f: 'file', l: 'link', o: 'other' }

/** Records end in NUL: a path, the letter of those that follow, or `end` and how it went. */
const script = (queries: readonly ListingQuery[]): string => `
all() { find "$p" -xdev -mindepth 1 "$@" -print0 2>>"$D/le" || e=failed; }
l() { p=$1; e=ok; : >"$D/le"
if [ -d "$p" ] && ! [ -L "$p" ]; then
for t in d f l; do printf '%s\\0' $t; all -type $t; done
printf 'o\\0'; all ! -type d ! -type f ! -type l
fi
printf 'end %s %s\\0' $e "$(head -n 1 "$D/le")"; }
${queries.map(({ path }) => `l ${quote(path)}`).join('\n')}`

const failed = (detail: string): Answered<readonly Listed[]> => ({ ok: false, problem: 'failed', detail })

export const parseListings = (
  output: Buffer,
  queries: readonly ListingQuery[],
): readonly Answered<readonly Listed[]>[] => {
  const records = output.toString('utf8').split('\0')
  let at = 0
  return queries.map(({ path }) => {
    const found: Listed[] = []
    let type: Listed['type'] = 'other'
    for (; at < records.length - 1; at++) {
      const record = records[at] ?? ''
      if (record.startsWith('end ')) {
        at += 1
        const [, state, ...words] = record.split(' ')
        return state === 'ok' ? { ok: true, value: found.toSorted(byPath) } : failed(words.join(' '))
      }
      if (record.startsWith(`${path === '/' ? '' : path}/`)) found.push({ path: below(path, record), type })
      else type = types[record] ?? type
    }
    return failed('the answer of the target broke off')
  })
}

const below = (root: string, path: string): string => path.slice(root === '/' ? 1 : root.length + 1)

const byPath = (a: Listed, b: Listed): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)

const predict = (
  { path }: ListingQuery,
  answer: readonly Listed[],
  given: readonly Given[],
): readonly Listed[] | undefined => {
  const now = new Map(answer.map((each) => [each.path, each]))
  for (const { key, fields } of given) {
    const changed = key.slice(key.indexOf(':') + 1)
    const type = fields['type'] as Listed['type'] | 'absent'
    if (changed.startsWith(`${path}/`)) {
      const name = below(path, changed)
      const had = now.get(name)?.type === 'directory' && type !== 'directory'
      if (had) for (const each of now.keys()) if (each.startsWith(`${name}/`)) now.delete(each)
      if (type === 'absent') now.delete(name)
      else now.set(name, { path: name, type })
    } else if (path === changed || path.startsWith(`${changed}/`)) {
      // A directory keeps what is in it; what is none, or gone, has nothing.
      if (type !== 'directory') now.clear()
    } else return undefined
  }
  return [...now.values()].toSorted(byPath)
}

export const listingKind: ReadKind<ListingQuery, readonly Listed[]> = {
  name: 'listing',
  tools: ['find', 'head'],
  script,
  parse: parseListings,
  restsOn: ({ path }) => ({ paths: [path], below: true }),
  predict,
}
