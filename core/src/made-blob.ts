import { createHash } from 'node:crypto'
import type { Blob, BlobStore } from './contracts/blob.js'

/** How the bytes of a file are characters: `latin1` stands for any bytes, one character each. */
export type BlobEncoding = 'utf8' | 'latin1'

/** Content that was made out of what a target answered: it travels with the step, for no store of the master has it. */
export interface MadeBlob extends Blob {
  readonly text: string
  readonly encoding: BlobEncoding
}

/** A text as content of a file. */
export const makeBlob = (text: string, encoding: BlobEncoding = 'utf8'): MadeBlob => {
  const bytes = Buffer.from(text, encoding)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, text, encoding }
}

/** Whether a blob brings its own bytes. */
export const isMade = (blob: Blob): blob is MadeBlob => 'encoding' in blob

/** The bytes in chunks, of a store or of the blob itself. Throws when the blob is not known. */
export const openBlob = (blobs: BlobStore, blob: Blob): AsyncIterable<Buffer> | Iterable<Buffer> =>
  isMade(blob) ? [Buffer.from(blob.text, blob.encoding)] : blobs.open(blob)

/** The whole content, or undefined when it is unknown or larger than `limit` bytes. */
export const peekBlob = (blobs: BlobStore, blob: Blob, limit: number): Buffer | undefined => {
  if (!isMade(blob)) return blobs.peek(blob, limit)
  return blob.size > limit ? undefined : Buffer.from(blob.text, blob.encoding)
}
