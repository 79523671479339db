import { z } from '@prove/core'

/** What a content must have: the algorithm, and lower-case hex. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'sha512'
  readonly hex: string
}

const lengths: Readonly<Record<number, Checksum['algorithm']>> = { 64: 'sha256', 128: 'sha512' }

const checksumOf = (hex: string): Checksum | undefined => {
  const algorithm = /^[0-9a-f]+$/i.test(hex) ? lengths[hex.length] : undefined
  return algorithm === undefined ? undefined : { algorithm, hex: hex.toLowerCase() }
}

const parseChecksum = (text: string): Checksum | undefined => {
  const [, algorithm, hex = ''] = /^(sha256|sha512):([0-9a-f]+)$/i.exec(text.trim()) ?? []
  const found = checksumOf(hex)
  return found?.algorithm === algorithm?.toLowerCase() ? found : undefined
}

/** An argument such as `sha256:9f86d0…`. */
export const checksum = (about: string): z.ZodType<string> =>
  z
    .string()
    .refine(
      (text) => parseChecksum(text) !== undefined,
      'expected "sha256:" and 64 hexadecimal digits, or "sha512:" and 128',
    )
    .meta({
      description: about,
      kind: 'sha256:… or sha512:…',
      pattern: '^\\s*([sS][hH][aA]256:[0-9a-fA-F]{64}|[sS][hH][aA]512:[0-9a-fA-F]{128})\\s*$',
    })

/** Of an argument that is valid. */
export const givenChecksum = (text: string): Checksum => {
  const found = parseChecksum(text)
  if (found === undefined) throw new Error(`no checksum: ${text}`)
  return found
}

/** As it is written in an argument. */
export const checksumText = ({ algorithm, hex }: Checksum): string => `${algorithm}:${hex}`

/** A digest and a name, or a name and a digest as BSD writes them; a path before the name does not count. */
const ofLine = (line: string): { readonly sum: Checksum; readonly name: string | undefined } | undefined => {
  const bsd = /^(SHA256|SHA512) \((.+)\) = ([0-9a-f]+)$/i.exec(line)
  const gnu = /^\\?([0-9a-f]+)(?:\s+[ *]?(.+))?$/i.exec(line)
  const sum = checksumOf(bsd?.[3] ?? gnu?.[1] ?? '')
  const name = bsd?.[2] ?? gnu?.[2]?.replace(/^\*/, '')
  return sum === undefined ? undefined : { sum, name: name?.split('/').at(-1) }
}

/**
 * The checksum of a name in a published table: lines `HASH  NAME`, `HASH *NAME` or `SHA256 (NAME) = HASH`, or one hash alone. Other lines,
 * such as those of a signature, are passed over. Of several algorithms the strongest counts; of a name with two different sums, none does.
 */
export const sumIn = (table: string, name: string): Checksum | undefined => {
  const lines = table.split(/\r?\n/).flatMap((line) => ofLine(line.trim()) ?? [])
  const bare = lines.length === 1 && lines[0]?.name === undefined ? lines : []
  const own = [...lines.filter((line) => line.name === name), ...bare].map(({ sum }) => sum)
  const strongest = own.some(({ algorithm }) => algorithm === 'sha512') ? 'sha512' : 'sha256'
  const sums = new Map(own.filter(({ algorithm }) => algorithm === strongest).map((sum) => [sum.hex, sum]))
  return sums.size === 1 ? [...sums.values()][0] : undefined
}
