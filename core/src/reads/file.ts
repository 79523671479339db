import type { Facts } from '../contracts/facts.js'
import type { LateRead } from '../contracts/late.js'
import type { Read, ReadKind } from '../contracts/read.js'
import { quoteAll } from '../wire/quote.js'
import { type Entry, type Location, prefixesOf } from './location.js'
import { parseFiles } from './parse-file.js'
import { predictFile } from './file-prediction.js'
import { onlyPath } from './late-arguments.js'

export interface FileQuery {
  /** Absolute, without `.`, `..` and doubled or trailing slashes. */
  readonly path: string
  /** Also hash the content of a regular file. */
  readonly hash: boolean
  /** Of a prediction: only where it will be is asked. */
  readonly place?: true
}

/** What is at a path, links not followed. */
export interface FileAnswer {
  readonly type: 'absent' | Entry['type']
  /** Four octal digits; absent when there is nothing. */
  readonly mode?: string
  readonly owner?: string
  readonly group?: string
  readonly uid?: number
  readonly gid?: number
  /** Bytes. */
  readonly size?: number
  /** Names that a regular file has. */
  readonly names?: number
  /** Of a link. */
  readonly target?: string
  /** Lower-case hex; absent for what is no regular file, was not asked for, or cannot be read. */
  readonly sha256?: string
  /** What stands above it: only in a `directory` can it be made. */
  readonly parent: 'directory' | 'absent' | 'other'
  /** Whether the session may make entries in the nearest directory above it. */
  readonly writable: boolean
  /** Whether the session may change owner and mode of what is there. */
  readonly mine: boolean
  /** The user id of the session that looked. */
  readonly by: number
  /** Whether something is mounted there, or somewhere below. */
  readonly mount?: 'here' | 'below'
  /** Whether it exists when links are followed. */
  readonly exists: boolean
  readonly location: Location
}

/** Everything about a path, with the hash of its content. */
export const file = (path: string): Read<FileAnswer> => ({
  kind: 'file',
  key: `file:${path}`,
  query: { path, hash: true } satisfies FileQuery,
})

/** The same without reading the content: for directories, links and guards. */
export const entry = (path: string): Read<FileAnswer> => ({
  kind: 'file',
  key: `entry:${path}`,
  query: { path, hash: false } satisfies FileQuery,
})

/** Names of one call of a program; far below what a kernel takes. */
const namesInCall = 500

const isPlain = (name: string): boolean => !/[\n\\]/.test(name)

const calls = (command: string, names: readonly string[]): string => {
  const lines: string[] = []
  for (let i = 0; i < names.length; i += namesInCall) {
    lines.push(`${command} ${quoteAll(names.slice(i, i + namesInCall))}`)
  }
  return lines.join('\n')
}

/** The directories whose permissions decide about the paths. */
export const directoriesOf = (queries: readonly FileQuery[]): readonly string[] => [
  ...new Set(queries.flatMap(({ path }) => prefixesOf(path).slice(0, path === '/' ? 1 : -1))),
]

const namesOf = (queries: readonly FileQuery[]): readonly string[] => [
  ...new Set(queries.flatMap(({ path }) => prefixesOf(path))),
]

export const hashedOf = (queries: readonly FileQuery[]): readonly string[] => [
  ...new Set(queries.filter(({ hash }) => hash).map(({ path }) => path)),
]

/**
 * The user id; a line for every directory with what may be done in it; hashes; a line of dashes; entries. Every link on the way is walked to its end, so that one round trip tells where a path really is:
 * `links` tells what they lead through, for one call of `stat`. A process costs more than all else here: where everything is a
 * file, or nothing is a link, there is none that sorts them out.
 */
const script = (queries: readonly FileQuery[], facts: Facts): string => {
  const hashed = hashedOf(queries)
  const odd = hashed.map((name, i) => ({ name, i })).filter(({ name }) => !isPlain(name))
  const gnu = facts.dialect === 'gnu'
  const format = '%f:%u:%g:%s:%h:%d:%i:%U:%G:%N'
  const stat = gnu ? `stat --printf='${format}\\0' --` : `stat -c '${format}' --`
  return `
echo ${facts.uid}
may() { for p; do m=.; [ -w "$p" ] && m=w; [ -x "$p" ] && m=\${m}x; echo "$m"; done; }
${calls('may', directoriesOf(queries))}
regular() { [ -f "$1" ] && ! [ -L "$1" ]; }
those() { for p; do regular "$p" && printf '%s\\0' "$p"; done; }
hash() { for p; do regular "$p" || { those "$@" | xargs -0 -r sha256sum --; return; }; done; sha256sum -- "$@"; }
${calls('hash', hashed.filter(isPlain))}
odd() { regular "$2" && s=$(sha256sum <"$2") && echo "\${s%% *}  #$1"; }
${odd.map(({ name, i }) => `odd ${i} ${quoteAll([name])}`).join('\n')}
while read -r _ _ _ _ m _; do echo "mount $m"; done </proc/self/mountinfo
echo ---
${gnu ? 'QUOTING_STYLE=literal; export QUOTING_STYLE' : ''}
links() {
for p; do shift; ! [ -L "$p" ] || set -- "$@" "$p"; done
n=$#; readlink "$@" >"$D/links"
while IFS= read -r t; do set -- "$@" "$t"; done <"$D/links"
k=; [ $# = $((2*n)) ] && k=$((n+1))
while [ $n -gt 0 ]; do
p=$1; at=; rest=\${p#/}; hops=0
while [ -n "$rest" ]; do
case $rest in */*) c=\${rest%%/*}; rest=\${rest#*/};; *) c=$rest; rest=;; esac
case $c in ''|.) continue;; ..) at=\${at%/*}; continue;; esac
at=$at/$c; printf '%s\\0' "$at"
[ -L "$at" ] || continue
hops=$((hops+1)); [ $hops -le 40 ] || break
if [ -n "$k" ] && [ "$at" = "$p" ]; then eval "t=\\\${$k}"
else t=$(readlink "$at"; echo .); t=\${t%.}; t=\${t%?}; fi
case $t in /*) at=;; *) at=\${at%/*};; esac
rest=$t/$rest
done
shift; n=$((n-1))
done; }
look() { ${stat} "$@"; for p; do [ -L "$p" ] && { links "$@" | xargs -0 -r ${stat}; break; }; done; }
${calls('look', namesOf(queries))}
:`
}

const lateMembers = ['exists', 'type', 'mode', 'owner', 'group', 'size', 'target'] as const

const late: LateRead<FileAnswer> = {
  about: 'What is at a path: `type` and the rest describe a link itself, `exists` what it leads to.',
  usage: 'file(path)',
  read: (...args) => entry(onlyPath(args)),
  value: (answer) => Object.fromEntries(lateMembers.map((name) => [name, answer[name] ?? null])),
  members: lateMembers,
}

export const fileKind: ReadKind<FileQuery, FileAnswer> = {
  name: 'file',
  tools: ['stat', 'sha256sum', 'xargs', 'readlink', 'id'],
  script,
  parse: parseFiles,
  restsOn: ({ path }) => ({ paths: [path] }),
  predict: predictFile,
  // Hashing goes at a hundred megabytes a second on a slow target; a read must not count as lost for a large file.
  seconds: ({ hash }) => (hash ? 10 : 0),
  late,
}
