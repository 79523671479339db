import { createHash } from 'node:crypto'

/** The name of a file that is about one key: a fingerprint itself may hold a slash. */
export const fileNameOf = (fingerprint: string): string =>
  createHash('sha256').update(fingerprint).digest('hex').slice(0, 32)
