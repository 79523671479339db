import { createHash } from 'node:crypto'
import { canonicalJson } from '@prove/core'

const first =
  'Filled by archive.extracted of Prove, which looks at this file alone: without it, the archive is extracted again.'

/** What was extracted, and how: as it stands in a file beside what was. */
export interface Stamp {
  readonly archive: string
  readonly options: string
}

/** `options`: all that makes another result of the same archive. */
export const stampOf = (archive: string, options: Readonly<Record<string, unknown>>): Stamp => {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return { archive, options: createHash('sha256').update(canonicalJson(given)).digest('hex').slice(0, 16) }
}

export const stampText = ({ archive, options }: Stamp): string => `${first}\narchive ${archive}\noptions ${options}\n`

/** Undefined where a text is no stamp. */
export const parseStamp = (text: string): Stamp | undefined => {
  const [, archive, options] = /^archive (\S+)\noptions (\S+)$/m.exec(text) ?? []
  return archive === undefined || options === undefined ? undefined : { archive, options }
}
