import type { Log } from './log.js'

/** Milliseconds between two tries: the first, and the most it grows to, which is less than a run waits for an agent (30 s). */
const shortest = 500
const longest = 25_000

/** A link that stood for so long counts as a good one: the next try comes soon again. */
const good = 5000

/** How long to wait before the next try: it doubles, and half of it is by chance, so that agents do not all come at once. */
export const pauseAfter = (failures: number, random: () => number = Math.random): number => {
  const most = Math.min(longest, shortest * 2 ** Math.min(failures, 16))
  return most / 2 + (random() * most) / 2
}

/** Dials one address again and again, for as long as the agent runs. */
export class Dialling {
  readonly #end = new AbortController()
  /** Told once, until it changes: nobody reads the same line every half minute. */
  #told = ''

  constructor(
    private readonly address: string,
    /** Resolves, or rejects, when the link is over. */
    private readonly dial: (signal: AbortSignal) => Promise<void>,
    private readonly log: Log,
  ) {
    void this.#loop()
  }

  stop(): void {
    this.#end.abort()
  }

  async #loop(): Promise<void> {
    const { signal } = this.#end
    let failures = 0
    while (!signal.aborted) {
      const began = performance.now()
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      await this.dial(signal).then(
        () => (this.#told = ''),
        (error: unknown) => this.#tell(error),
      )
      failures = performance.now() - began > good ? 0 : failures + 1
      // oxlint-disable-next-line no-await-in-loop
      if (!signal.aborted) await pause(pauseAfter(failures), signal)
    }
  }

  #tell(error: unknown): void {
    const said = String(error)
    if (said === this.#told || this.#end.signal.aborted) return
    this.#told = said
    this.log.info(`${this.address} is dialled again, now and then`)
    this.log.problem(error)
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
