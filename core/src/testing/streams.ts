import { once } from 'node:events'
import type { Duplex, Readable } from 'node:stream'

/** Bytes that differ from place to place, and from seed to seed. */
export const pattern = (length: number, seed: number): Buffer => {
  const bytes = Buffer.alloc(length)
  let state = seed + 1
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}

/** Sends back what comes. */
export const echo = (connection: Duplex): void => {
  connection.pipe(connection)
}

/** All that comes until the end. Rejects when the stream fails, or closes without having ended. */
export const everything = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = []
  const closed = gone(stream).then(() => {
    throw new Error(`the stream closed after ${Buffer.concat(chunks).length} bytes, without having ended`)
  })
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  await Promise.race([once(stream, 'end'), closed])
  closed.catch(() => undefined)
  return Buffer.concat(chunks)
}

/** So many bytes; what comes behind them stays to be read. */
export const take = async (stream: Readable, length: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  const closed = gone(stream)
  let left = length
  while (left > 0) {
    const chunk = stream.read(Math.min(left, Math.max(1, stream.readableLength))) as Buffer | null
    if (chunk === null) {
      if (stream.readableEnded || stream.destroyed) throw new Error(`the stream ended ${left} bytes too early`)
      await Promise.race([once(stream, 'readable'), closed])
    } else {
      chunks.push(chunk)
      left -= chunk.length
    }
  }
  return Buffer.concat(chunks)
}

/** What has come so far, while it still comes and whatever becomes of the stream. */
export class Arrivals {
  length = 0
  readonly #chunks: Buffer[] = []

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.length += chunk.length
    })
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}

/** Resolves when the stream is closed, whether it failed or not. */
export const gone = (stream: Readable): Promise<void> =>
  new Promise((resolve) => {
    if (stream.closed) resolve()
    else stream.once('close', () => resolve())
  })

/** What a promise is rejected with; an error when it is not. */
export const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('it was not refused')
}

const chunk = Buffer.alloc(64 * 1024)

/**
 * Writes as fast as `from` takes it, and reads a chunk of `to` only now and then: the most bytes that were on the way at once,
 * and how often the writer was asked to wait. Rejects when one of both closes.
 */
export const flood = async (
  from: Duplex,
  to: Duplex,
  total: number,
): Promise<{ readonly most: number; readonly refusals: number }> => {
  let written = 0
  let read = 0
  let most = 0
  let refusals = 0
  const broken = Promise.race([gone(from), gone(to)]).then(() => {
    throw new Error(`the connection closed with ${written} bytes written and ${read} read`)
  })
  const write = async (): Promise<void> => {
    while (written < total) {
      const heeds = from.write(chunk)
      written += chunk.length
      most = Math.max(most, written - read)
      if (heeds) continue
      refusals++
      await Promise.race([once(from, 'drain'), broken])
    }
  }
  const readSlowly = async (): Promise<void> => {
    while (read < total) {
      // Whole turns of the loop, in which the writer could go on if it were let.
      for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
      const some = to.read(Math.min(chunk.length, Math.max(1, to.readableLength))) as Buffer | null
      if (some === null) await Promise.race([once(to, 'readable'), broken])
      else read += some.length
    }
  }
  await Promise.all([write(), readSlowly()])
  broken.catch(() => undefined)
  return { most, refusals }
}

/** Milliseconds without a drain after which a stream takes no more. */
const patience = 300

/** Writes until the stream takes no more, or `most` bytes: how many it took. Rejects when it closes. */
export const fill = async (to: Duplex, most: number): Promise<number> => {
  let taken = 0
  while (taken < most) {
    taken += chunk.length
    if (to.write(chunk)) continue
    const timeout = new Promise<string>((resolve) => setTimeout(resolve, patience, 'full'))
    const closed = gone(to).then(() => 'closed')
    const outcome = await Promise.race([once(to, 'drain').then(() => 'drained'), timeout, closed])
    if (outcome === 'closed') throw new Error(`the connection closed after ${taken} bytes`)
    if (outcome === 'full') break
  }
  return taken
}
