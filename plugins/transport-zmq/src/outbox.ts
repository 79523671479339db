import { setImmediate } from 'node:timers/promises'

/** What has frames to send. */
export interface Source {
  /** The next frame, now that it can go; nothing when there is none, or no credit for it. */
  next(): Buffer | undefined
  /** The frame that was given last is with ZeroMQ. */
  sent(): void
  /** It can never be sent. */
  lost(reason: string): void
}

/** Frames that leave before everything else has a turn. */
const frameRun = 32

const [shortestWait, longestWait] = [1, 128]

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code

/**
 * The one queue in front of a ZeroMQ socket, which takes one message at a time: sources get their turns in a circle, a frame each. A
 * source whose peer is at its high-water mark waits by itself, and nobody waits for it.
 */
export class Outbox<S extends Source> {
  readonly #ready = new Set<S>()
  /** Frames that ZeroMQ did not take yet, and when they are tried again. */
  readonly #held = new Map<S, { readonly frame: Buffer; wait: number; timer?: NodeJS.Timeout }>()
  #running = false

  /** `send` rejects at once: with EAGAIN when the peer of the source is at its high-water mark, else when it is not there. */
  constructor(private readonly send: (source: S, frame: Buffer) => Promise<void>) {}

  /** The source may have something to send. */
  wake(source: S): void {
    const held = this.#held.get(source)
    if (held?.timer !== undefined) return
    this.#ready.add(source)
    this.#start()
  }

  /** Its peer has read something: what waits is tried at once. */
  retry(source: S): void {
    const held = this.#held.get(source)
    if (held?.timer === undefined) return
    clearTimeout(held.timer)
    delete held.timer
    this.wake(source)
  }

  forget(source: S): void {
    clearTimeout(this.#held.get(source)?.timer)
    this.#held.delete(source)
    this.#ready.delete(source)
  }

  #start(): void {
    if (this.#running) return
    this.#running = true
    void this.#run()
  }

  async #run(): Promise<void> {
    // The caller is in the midst of its own work.
    await Promise.resolve()
    let sent = 0
    for (let [source] = this.#ready; source !== undefined; [source] = this.#ready) {
      this.#ready.delete(source)
      const frame = this.#held.get(source)?.frame ?? source.next()
      if (frame === undefined) continue
      await this.#try(source, frame)
      if (++sent % frameRun === 0) await setImmediate()
    }
    this.#running = false
  }

  async #try(source: S, frame: Buffer): Promise<void> {
    try {
      await this.send(source, frame)
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return this.#hold(source, frame)
      this.forget(source)
      return source.lost('the other side is gone')
    }
    this.#held.delete(source)
    this.#ready.add(source)
    source.sent()
  }

  #hold(source: S, frame: Buffer): void {
    const held = this.#held.get(source) ?? { frame, wait: shortestWait }
    held.timer = setTimeout(() => {
      held.wait = Math.min(longestWait, held.wait * 2)
      this.retry(source)
    }, held.wait)
    this.#held.set(source, held)
  }
}
