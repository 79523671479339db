const block = 512

const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0') + '\0'

const header = (name: string, size: number, mode: number): Buffer => {
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, 100, 'utf8')
  bytes.write(octal(mode, 8), 100)
  bytes.write(octal(0, 8), 108)
  bytes.write(octal(0, 8), 116)
  bytes.write(octal(size, 12), 124)
  bytes.write(octal(0, 12), 136)
  bytes.write(' '.repeat(8), 148)
  bytes.write('0', 156)
  bytes.write('ustar\x0000', 257, 'latin1')
  let sum = 0
  for (const byte of bytes) sum += byte
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

/** One regular file of an archive; the name is at most 100 bytes, the mode as `0o644`. */
export interface TarFile {
  readonly name: string
  readonly mode: number
  readonly bytes: Buffer
}

/** An archive in the ustar format that GNU and busybox tar both read. */
export const tar = (files: readonly TarFile[]): Buffer => {
  const parts: Buffer[] = []
  for (const { name, mode, bytes } of files) {
    parts.push(header(name, bytes.length, mode), bytes)
    const rest = bytes.length % block
    if (rest > 0) parts.push(Buffer.alloc(block - rest))
  }
  parts.push(Buffer.alloc(2 * block))
  return Buffer.concat(parts)
}
