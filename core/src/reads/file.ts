import type { Facts } from '../contracts/facts.js'
import type { Answered, Read, ReadKind } from '../contracts/read.js'
import { quoteAll } from '../wire/quote.js'
import { type Entry, type Location, locate, prefixesOf } from './location.js'
import { predictFile } from './file-prediction.js'

export interface FileQuery {
  /** Absolute, without `.`, `..` and doubled or trailing slashes. */
  readonly path: string
  /** Also hash the content of a regular file. */
  readonly hash: boolean
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
const directoriesOf = (queries: readonly FileQuery[]): readonly string[] => [
  ...new Set(queries.flatMap(({ path }) => prefixesOf(path).slice(0, path === '/' ? 1 : -1))),
]

const namesOf = (queries: readonly FileQuery[]): readonly string[] => [
  ...new Set(queries.flatMap(({ path }) => prefixesOf(path))),
]

const hashedOf = (queries: readonly FileQuery[]): readonly string[] => [
  ...new Set(queries.filter(({ hash }) => hash).map(({ path }) => path)),
]

const separatorOf = ({ dialect }: Facts): string => (dialect === 'gnu' ? '\0' : '\n')

/**
 * The user id; a line for every directory with what may be done in it; hashes; a line of dashes; entries. Every link on the way is walked to its end, so that one round trip tells where a path really is.
 */
const script = (queries: readonly FileQuery[], facts: Facts): string => {
  const hashed = hashedOf(queries)
  const odd = hashed.map((name, i) => ({ name, i })).filter(({ name }) => !isPlain(name))
  const gnu = facts.dialect === 'gnu'
  const format = '%f:%u:%g:%s:%h:%d:%i:%U:%G:%N'
  return `
id -u
may() { for p; do m=.; [ -w "$p" ] && m=w; [ -x "$p" ] && m=\${m}x; echo "$m"; done; }
${calls('may', directoriesOf(queries))}
regular() { for p; do [ -f "$p" ] && ! [ -L "$p" ] && printf '%s\\0' "$p"; done; }
hash() { regular "$@" | xargs -0 -r sha256sum --; }
${calls('hash', hashed.filter(isPlain))}
odd() { [ -f "$2" ] && ! [ -L "$2" ] && s=$(sha256sum <"$2") && echo "\${s%% *}  #$1"; }
${odd.map(({ name, i }) => `odd ${i} ${quoteAll([name])}`).join('\n')}
while read -r _ _ _ _ m _; do echo "mount $m"; done </proc/self/mountinfo
echo ---
${gnu ? `QUOTING_STYLE=literal; export QUOTING_STYLE; st() { stat --printf='${format}\\0' -- "$@"; }` : `st() { stat -c '${format}' -- "$@"; }`}
walk() {
at=; rest=\${1#/}; hops=0
while [ -n "$rest" ]; do
case $rest in */*) c=\${rest%%/*}; rest=\${rest#*/};; *) c=$rest; rest=;; esac
case $c in ''|.) continue;; ..) at=\${at%/*}; continue;; esac
at=$at/$c; st "$at"
[ -L "$at" ] || continue
hops=$((hops+1)); [ $hops -le 40 ] || return
t=$(readlink "$at"; echo .); t=\${t%.}; t=\${t%?}
case $t in /*) at=;; *) at=\${at%/*};; esac
rest=$t/$rest
done
}
look() { st "$@"; for p; do [ -L "$p" ] && walk "$p"; done; }
${calls('look', namesOf(queries))}
:`
}

interface Status extends Entry {
  readonly answer: Omit<FileAnswer, 'parent' | 'writable' | 'mine' | 'exists' | 'location' | 'sha256' | 'mount'>
}

const typeOf = (mode: number): Entry['type'] => {
  switch (mode & 0o170000) {
    case 0o100000:
      return 'file'
    case 0o040000:
      return 'directory'
    case 0o120000:
      return 'link'
    default:
      return 'other'
  }
}

const recordPattern = /^([0-9a-f]+):(\d+):(\d+):(\d+):(\d+):([0-9a-f]+):(\d+):([^:]*):([^:]*):([^]*)$/

/** `name` or `name -> target`; busybox puts both in quotes. */
const splitName = (text: string, link: boolean, quoted: boolean): { name: string; target?: string } | undefined => {
  const arrow = quoted ? `' -> '` : ' -> '
  const bare = quoted ? text.slice(1, -1) : text
  if (quoted && !(text.startsWith("'") && text.endsWith("'"))) return undefined
  if (!link) return { name: bare }
  const at = bare.indexOf(arrow)
  return at < 0 ? undefined : { name: bare.slice(0, at), target: bare.slice(at + arrow.length) }
}

const parseRecord = (record: string, quoted: boolean): { name: string; status: Status } | undefined => {
  const found = recordPattern.exec(record)
  if (found === null) return undefined
  const [
    ,
    mode = '',
    uid = '',
    gid = '',
    size = '',
    names = '',
    device = '',
    inode = '',
    owner = '',
    group = '',
    rest = '',
  ] = found
  const bits = Number.parseInt(mode, 16)
  const type = typeOf(bits)
  const named = splitName(rest, type === 'link', quoted)
  if (named === undefined) return undefined
  const { name, target } = named
  const answer = {
    type,
    mode: (bits & 0o7777).toString(8).padStart(4, '0'),
    owner,
    group,
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    names: Number(names),
    ...(target === undefined ? {} : { target }),
  }
  return { name, status: { type, device, inode, ...(target === undefined ? {} : { target }), answer } }
}

/** The kernel writes spaces and the like as three octal digits. */
const unescapeOctal = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCodePoint(Number.parseInt(digits, 8)))

const mountAt = (path: string, mounts: readonly string[]): FileAnswer['mount'] => {
  if (mounts.includes(path)) return 'here'
  return mounts.some((mount) => mount.startsWith(`${path}/`)) ? 'below' : undefined
}

const failed = (detail: string): Answered<FileAnswer> => ({ ok: false, problem: 'failed', detail })

const parse = (output: Buffer, queries: readonly FileQuery[], facts: Facts): readonly Answered<FileAnswer>[] => {
  const separator = output.indexOf('\n---\n')
  const head = output
    .subarray(0, separator + 1)
    .toString('utf8')
    .split('\n')
  if (separator < 0) return queries.map(() => failed('the answer of the target broke off'))
  const directories = directoriesOf(queries)
  const uid = Number(head[0])
  const permissions = new Map(directories.map((path, i) => [path, head[i + 1] ?? '.']))
  const hashed = hashedOf(queries)
  const hashes = new Map<string, string>()
  const mounts: string[] = []
  for (const line of head.slice(directories.length + 1)) {
    if (line.startsWith('mount ')) {
      mounts.push(unescapeOctal(line.slice('mount '.length)))
      continue
    }
    const [hash, name] = [line.slice(0, 64), line.slice(66)]
    hashes.set(name.startsWith('#') ? (hashed[Number(name.slice(1))] ?? '') : name, hash)
  }
  const entries = new Map<string, Status>()
  for (const record of output
    .subarray(separator + 5)
    .toString('utf8')
    .split(separatorOf(facts))) {
    const parsed = parseRecord(record, facts.dialect === 'busybox')
    if (parsed !== undefined) entries.set(parsed.name, parsed.status)
  }
  if (!entries.has('/')) return queries.map(() => failed('the target could not look at its files'))
  return queries.map(({ path, hash }) => {
    if (facts.dialect === 'busybox' && path.includes('\n')) return failed('a name with a line break needs GNU stat')
    const closed = prefixesOf(path).find(
      (prefix) =>
        entries.get(prefix)?.type === 'directory' &&
        prefix !== path &&
        permissions.get(prefix)?.includes('x') === false,
    )
    if (closed !== undefined) return failed(`permission denied: "${closed}"`)
    const location = locate(path, entries)
    const status = entries.get(path)
    const sha256 = hash ? hashes.get(path) : undefined
    const mount = mountAt(location.canonical, mounts)
    return {
      ok: true,
      value: {
        ...(status?.answer ?? { type: 'absent' as const }),
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(mount === undefined ? {} : { mount }),
        parent: path === '/' ? 'directory' : location.parent,
        writable: permissions.get(location.nearest)?.includes('w') === true,
        mine: uid === 0 || status?.answer.uid === uid,
        exists: location.exists,
        location,
      },
    }
  })
}

export const fileKind: ReadKind<FileQuery, FileAnswer> = {
  name: 'file',
  tools: ['stat', 'sha256sum', 'xargs', 'readlink', 'id'],
  script,
  parse,
  restsOn: ({ path }) => ({ paths: [path] }),
  predict: predictFile,
  // Hashing goes at a hundred megabytes a second on a slow target; a read must not count as lost for a large file.
  seconds: ({ hash }) => (hash ? 10 : 0),
}
