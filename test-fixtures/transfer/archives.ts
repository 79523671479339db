import { crc32 } from 'node:zlib'

/** One thing in an archive, by the name that stands in it, whatever that is. */
export interface ArchiveEntry {
  readonly name: string
  /** The bytes of a file. */
  readonly text?: string
  /** Where a symbolic link leads. */
  readonly link?: string
  /** What a hard link is another name of. */
  readonly same?: string
  readonly mode?: number
  /** Anything else, by its letter in tar. */
  readonly type?: string
}

const block = 512

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block)])

const typeOf = ({ name, link, same, type }: ArchiveEntry): string => {
  if (type !== undefined) return type
  if (link !== undefined) return '2'
  if (same !== undefined) return '1'
  return name.endsWith('/') ? '5' : '0'
}

/** A tar archive: names as they are given, also those that no tool would write. */
export const tarOf = (entries: readonly ArchiveEntry[]): Buffer => {
  const parts = entries.map((entry) => {
    const { name, text = '', link, same, mode = name.endsWith('/') ? 0o755 : 0o644 } = entry
    const bytes = Buffer.from(text)
    const head = Buffer.alloc(block)
    const put = (value: string, at: number): number => head.write(value, at, 'utf8')
    const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`
    put(name, 0)
    put(octal(mode, 8), 100)
    put(octal(1234, 8), 108)
    put(octal(1234, 8), 116)
    put(octal(bytes.length, 12), 124)
    put(octal(1_700_000_000, 12), 136)
    put(' '.repeat(8), 148)
    put(typeOf(entry), 156)
    put(link ?? same ?? '', 157)
    put('ustar\x0000', 257)
    const sum = head.reduce((all, byte) => all + byte, 0)
    put(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return Buffer.concat([head, padded(bytes)])
  })
  return Buffer.concat([...parts, Buffer.alloc(20 * block)])
}

const numbers = (...values: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer =>
  Buffer.concat(
    values.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes)
      buffer.writeUIntLE(value, 0, bytes)
      return buffer
    }),
  )

/** A zip archive, not compressed, made on a Unix. */
export const zipOf = (entries: readonly ArchiveEntry[]): Buffer => {
  const files: Buffer[] = []
  const index: Buffer[] = []
  let at = 0
  for (const { name, text, link, mode = 0o644 } of entries) {
    const bytes = Buffer.from(link ?? text ?? '')
    const nameBytes = Buffer.from(name)
    const kind = link === undefined ? (name.endsWith('/') ? 0o040755 : 0o100000 | mode) : 0o120777
    // Names in UTF-8; the first of January 2024.
    const common = numbers(
      [20, 2],
      [0x800, 2],
      [0, 2],
      [0, 2],
      [0x5821, 2],
      [crc32(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [nameBytes.length, 2],
      [0, 2],
    )
    const head = Buffer.concat([numbers([0x04034b50, 4]), common, nameBytes, bytes])
    index.push(
      Buffer.concat([
        numbers([0x02014b50, 4], [(3 << 8) | 20, 2]),
        common,
        numbers([0, 2], [0, 2], [0, 2], [kind * 0x10000, 4], [at, 4]),
        nameBytes,
      ]),
    )
    files.push(head)
    at += head.length
  }
  const table = Buffer.concat(index)
  const count = entries.length
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [table.length, 4], [at, 4], [0, 2])
  return Buffer.concat([...files, table, end])
}
