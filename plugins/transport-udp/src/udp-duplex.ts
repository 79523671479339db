import { performance } from 'node:perf_hooks'
import { Duplex } from 'node:stream'
import type { StreamDriver } from './stream-driver.js'
import type { StreamFailure } from './stream/stream-machine.js'

/** Segments that are given to the reader in one piece. */
const together = 56

type Done = (error?: Error | null) => void

/** A connection over UDP as who uses it sees it. */
export class UdpDuplex extends Duplex {
  readonly #driver: StreamDriver
  #wanted = false
  #hasEnded = false
  #isEnding = false
  #written: Done | undefined
  #ended: Done | undefined

  constructor(
    driver: StreamDriver,
    private readonly letGo: () => void,
  ) {
    super({ readableHighWaterMark: 64 * 1024, writableHighWaterMark: 64 * 1024 })
    this.#driver = driver
  }

  /** Looks what has changed. */
  readonly settle = (): void => {
    const { machine } = this.#driver
    if (this.destroyed) return
    if (machine.failure !== undefined) {
      this.destroy(failures[machine.failure]())
      return
    }
    this.#deliver()
    if (machine.isDrained) this.#finish('written')
    if (machine.isDelivered) this.#finish('ended')
  }

  override _read(): void {
    this.#wanted = true
    this.#deliver()
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#driver.machine.write(bytes)
    this.#written = done
    this.#driver.wake()
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: Done): void {
    for (const { chunk } of chunks) this.#driver.machine.write(chunk)
    this.#written = done
    this.#driver.wake()
  }

  override _final(done: Done): void {
    this.#isEnding = true
    this.#driver.machine.end()
    this.#ended = done
    this.#driver.wake()
  }

  override _destroy(error: Error | null, done: Done): void {
    const { machine } = this.#driver
    // As with TCP, what was written before the end is still brought there when nobody waits for it any more.
    if (this.#isEnding && error === null) machine.abandon(performance.now())
    else machine.reset()
    this.#finish('written', error)
    this.#finish('ended', error)
    this.#driver.run()
    this.letGo()
    done(error)
  }

  #deliver(): void {
    const { machine } = this.#driver
    while (this.#wanted) {
      const bytes = machine.read(together, performance.now())
      if (bytes === undefined) break
      this.#wanted = this.push(bytes)
      this.#driver.wake()
    }
    if (!machine.isAtEnd || this.#hasEnded) return
    this.#hasEnded = true
    this.push(null)
  }

  #finish(what: 'written' | 'ended', error: Error | null = null): void {
    const done = what === 'written' ? this.#written : this.#ended
    if (what === 'written') this.#written = undefined
    else this.#ended = undefined
    done?.(error)
  }
}

const failures: Readonly<Record<StreamFailure, () => Error>> = {
  reset: () => Object.assign(new Error('the other side has gone'), { code: 'ECONNRESET' }),
  silent: () => Object.assign(new Error('the other side does not answer any more'), { code: 'ETIMEDOUT' }),
}
