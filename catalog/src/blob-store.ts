import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs'
import type { Blob, BlobStore } from '@prove/core'

/** One buffer for all files: to zero a new one takes longer than to read a small file. */
const readBuffer = Buffer.alloc(1 << 16)

/** Where the bytes behind blobs are: texts in memory, files on the master's disk. */
export class MasterBlobStore implements BlobStore {
  readonly #texts = new Map<string, Buffer>()
  readonly #files = new Map<string, string>()

  constructor() {
    // Every plugin may name the empty content without bringing it.
    this.addText('')
  }

  addText(text: string): Blob {
    const bytes = Buffer.from(text)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.#texts.set(sha256, bytes)
    return { sha256, size: bytes.length }
  }

  /** Reads the file once to hash it. Throws as the file system does. */
  addFile(path: string): Blob {
    const hash = createHash('sha256')
    const descriptor = openSync(path, 'r')
    let size = 0
    try {
      for (;;) {
        const length = readSync(descriptor, readBuffer, 0, readBuffer.length, null)
        if (length === 0) break
        hash.update(readBuffer.subarray(0, length))
        size += length
      }
    } finally {
      closeSync(descriptor)
    }
    const sha256 = hash.digest('hex')
    this.#files.set(sha256, path)
    return { sha256, size }
  }

  async *open(blob: Blob): AsyncIterable<Buffer> {
    const text = this.#texts.get(blob.sha256)
    if (text !== undefined) {
      yield text
      return
    }
    const path = this.#files.get(blob.sha256)
    if (path === undefined) throw new Error(`no content with the hash ${blob.sha256}`)
    for await (const chunk of createReadStream(path)) yield chunk as Buffer
  }

  peek(blob: Blob, limit: number): Buffer | undefined {
    if (blob.size > limit) return undefined
    const text = this.#texts.get(blob.sha256)
    if (text !== undefined) return text
    const path = this.#files.get(blob.sha256)
    if (path === undefined) return undefined
    const bytes = readFileSync(path)
    // A file that was edited since it was hashed is not the blob any more.
    return bytes.length === blob.size ? bytes : undefined
  }
}
