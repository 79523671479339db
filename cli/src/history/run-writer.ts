import { createWriteStream, mkdirSync, rmSync, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { messageOf, type ProveEvent } from '@prove/core'
import { keptEvent } from './kept-event.js'
import { thisProcess } from './writing-process.js'

/**
 * Writes the events of one run into a file of its own as they come, and nobody waits for the disk. What goes wrong is told
 * at the end; the run does not fail of it, and half a record is not left behind.
 */
export class RunWriter {
  #stream: WriteStream | undefined
  #problem: string | undefined
  /** Whether the file came to be by this. */
  #isMade = false

  constructor(readonly file: string) {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    } catch (error) {
      this.#problem = messageOf(error)
      return
    }
    this.#stream = createWriteStream(file, { flags: 'wx', mode: 0o600 })
    this.#stream.once('open', () => {
      this.#isMade = true
    })
    this.#stream.on('error', (error) => {
      this.#problem ??= messageOf(error)
    })
    this.#write({ format: 1, ...thisProcess() })
  }

  take(event: ProveEvent): void {
    this.#write(keptEvent(event))
  }

  /** Resolves to what went wrong. */
  async end(): Promise<string | undefined> {
    const stream = this.#stream
    if (stream === undefined) return this.#problem
    if (!stream.closed) {
      const closed = once(stream, 'close')
      stream.end()
      await closed.catch(() => undefined)
    }
    if (this.#problem !== undefined && this.#isMade) rmSync(this.file, { force: true })
    return this.#problem
  }

  #write(line: unknown): void {
    if (this.#problem === undefined) this.#stream?.write(`${JSON.stringify(line)}\n`)
  }
}
