/** Content by its hash: plain data that stands for bytes the master holds. */
export interface Blob {
  /** Lower-case hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** Where the master finds the bytes of a blob. */
export interface BlobStore {
  /** Takes in a content that was not known before the run. */
  addText(text: string): Blob
  /** The bytes in chunks. Throws when the blob is not known. */
  open(blob: Blob): AsyncIterable<Buffer>
  /** The whole content, or undefined when it is unknown or larger than `limit` bytes. */
  peek(blob: Blob, limit: number): Buffer | undefined
}

/** For what has no content to send. */
export const noBlobs: BlobStore = {
  addText: () => {
    throw new Error('there is no store for content')
  },
  open: ({ sha256 }) => {
    throw new Error(`no content with the hash ${sha256}`)
  },
  peek: () => undefined,
}
