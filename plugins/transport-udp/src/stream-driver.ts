import { performance } from 'node:perf_hooks'
import type { StreamMachine } from './stream/stream-machine.js'

/** Datagrams that one stream sends before others, and what has come meanwhile, get their turn. */
const burst = 32

/** What a driver works for. */
export interface DriverEnds {
  readonly send: (datagram: Buffer) => void
  /** Something may have changed that who reads and writes waits for. */
  readonly settle: () => void
  /** The stream is closed: nothing is to be sent any more. */
  readonly closed: () => void
}

/** Gives a stream machine the time, and the network what it has to say. It lives on when who used the stream is gone. */
export class StreamDriver {
  #ends: DriverEnds | undefined
  #isAwake = false
  #timer: NodeJS.Timeout | undefined
  #firesAt = Infinity

  constructor(readonly machine: StreamMachine) {}

  begin(ends: DriverEnds): void {
    this.#ends = ends
    this.wake()
  }

  /** Runs soon: when all that has come in this turn of the loop has been taken in. */
  readonly wake = (): void => {
    if (this.#isAwake || this.#ends === undefined) return
    this.#isAwake = true
    setImmediate(this.run)
  }

  /** Runs now. */
  readonly run = (): void => {
    this.#isAwake = false
    const ends = this.#ends
    if (ends === undefined) return
    ends.settle()
    const now = performance.now()
    for (let sent = 0; sent < burst; sent++) {
      const datagram = this.machine.poll(now)
      if (datagram === undefined) break
      ends.send(datagram)
      if (sent === burst - 1) this.wake()
    }
    ends.settle()
    // Whoever is told of something may give up the stream, which runs this within itself.
    if (this.#ends === undefined) return
    if (this.machine.state === 'closed') this.#close(ends)
    else this.#arm(now)
  }

  #close(ends: DriverEnds): void {
    clearTimeout(this.#timer)
    this.#ends = undefined
    ends.closed()
  }

  /** A timer that fires too early costs less than to set one anew for each datagram. */
  #arm(now: number): void {
    const { deadline } = this.machine
    if (deadline >= this.#firesAt) return
    clearTimeout(this.#timer)
    this.#firesAt = deadline
    // What has come meanwhile is taken in first: a loop that was busy is no reason to think that something is lost.
    this.#timer = setTimeout(
      () => {
        this.#firesAt = Infinity
        this.wake()
      },
      Math.max(1, deadline - now),
    ).unref()
  }
}
