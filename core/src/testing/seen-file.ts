import { createHash } from 'node:crypto'
import type { BlobArgument } from '../arguments.js'
import type { FileAnswer } from '../reads/file.js'
import { type Entry, locate, prefixesOf } from '../reads/location.js'

/** An argument that stands for bytes, as the compiler makes it out of a text. */
export const blobOf = (text: string): BlobArgument => {
  const bytes = Buffer.from(text)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, text }
}

/** What a file holds where a test does not say. */
const someContent = blobOf('hello\n')

const root = { owner: 'root', group: 'root', uid: 0, gid: 0 }

const attributes: Readonly<Record<FileAnswer['type'], Partial<FileAnswer>>> = {
  absent: {},
  file: { ...root, mode: '0644', size: someContent.size, names: 1 },
  directory: { ...root, mode: '0755', size: 4096, names: 2 },
  link: { ...root, mode: '0777', size: 9, names: 1, target: 'elsewhere' },
  other: { ...root, mode: '0600', size: 0, names: 1 },
}

/**
 * What `entry(path)` answers of a path: by default a file of root, mode 0644. `type` sets believable attributes, and
 * `parent: 'absent'` leaves of the directories above only the topmost.
 */
export const seenEntry = (fields: Partial<FileAnswer> = {}, path = '/etc/motd'): FileAnswer => {
  const parent = fields.parent ?? 'directory'
  const type = fields.type ?? (parent === 'directory' ? 'file' : 'absent')
  const location = locate(path, entriesOf(path, { type, parent, target: fields.target }))
  return {
    ...attributes[type],
    type,
    parent,
    writable: true,
    mine: true,
    by: 0,
    exists: location.exists,
    location,
    ...fields,
  }
}

/** What `file(path)` answers: as {@link seenEntry}, with the hash of a regular file, which holds `hello`. */
export const seenFile = (fields: Partial<FileAnswer> = {}, path = '/etc/motd'): FileAnswer => {
  const seen = seenEntry(fields, path)
  return seen.type === 'file' ? { sha256: someContent.sha256, ...seen } : seen
}

interface Shape {
  readonly type: FileAnswer['type']
  readonly parent: FileAnswer['parent']
  readonly target: string | undefined
}

/** What stands on the way to a path, and at it. */
const entriesOf = (path: string, { type, parent, target = 'elsewhere' }: Shape): ReadonlyMap<string, Entry> => {
  const prefixes = prefixesOf(path)
  const last = prefixes.length - 1
  const entries = new Map<string, Entry>()
  for (const [i, prefix] of prefixes.entries()) {
    const kind = i === last ? type : typeAbove(i, last, parent)
    if (kind === 'absent') break
    const link = kind === 'link' ? { target } : {}
    entries.set(prefix, { type: kind, device: '801', inode: String(i + 2), ...link })
  }
  return entries
}

const typeAbove = (i: number, last: number, parent: FileAnswer['parent']): FileAnswer['type'] => {
  if (i === 0 || parent === 'directory') return 'directory'
  if (parent === 'other') return i === last - 1 ? 'file' : 'directory'
  return i === 1 && last > 2 ? 'directory' : 'absent'
}
