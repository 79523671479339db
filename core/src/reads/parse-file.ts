import type { Facts } from '../contracts/facts.js'
import type { Answered } from '../contracts/read.js'
import { directoriesOf, type FileAnswer, type FileQuery, hashedOf } from './file.js'
import { type Entry, locate, prefixesOf } from './location.js'

/** Those of busybox are lines: what follows one and is none belongs to it, where a link leads to a name of several lines. */
const recordsOf = (text: string, { dialect }: Facts): readonly string[] =>
  dialect === 'gnu' ? text.split('\0') : text.split(/\n(?=[0-9a-f]+:\d+:\d+:|$)/)

interface Status extends Entry {
  readonly answer: Omit<FileAnswer, 'parent' | 'writable' | 'mine' | 'by' | 'exists' | 'location' | 'sha256' | 'mount'>
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

/** `name` or `name -> target`; busybox may put both in quotes, be it only of links. Every name begins with a slash. */
const splitName = (text: string, link: boolean, mayQuote: boolean): { name: string; target?: string } | undefined => {
  const quoted = mayQuote && !text.startsWith('/')
  const arrow = quoted ? `' -> '` : ' -> '
  const bare = quoted ? text.slice(1, -1) : text
  if (quoted && !(text.startsWith("'") && text.endsWith("'"))) return undefined
  if (!link) return { name: bare }
  const at = bare.indexOf(arrow)
  return at < 0 ? undefined : { name: bare.slice(0, at), target: bare.slice(at + arrow.length) }
}

const parseRecord = (record: string, mayQuote: boolean): { name: string; status: Status } | undefined => {
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
  const named = splitName(rest, type === 'link', mayQuote)
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

/** Reads what the script of file reads printed. What does not fit becomes a failed answer. */
export const parseFiles = (
  output: Buffer,
  queries: readonly FileQuery[],
  facts: Facts,
): readonly Answered<FileAnswer>[] => {
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
  for (const record of recordsOf(output.subarray(separator + 5).toString('utf8'), facts)) {
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
        by: uid,
        mine: uid === 0 || status?.answer.uid === uid,
        exists: location.exists,
        location,
      },
    }
  })
}
