import { Interruption, knownErrors } from '@prove/core'
import type { Log } from './log.js'

interface OwnRunOptions {
  /** Whether something is done for a master now. */
  readonly isBusy: () => boolean
  /** Resolves when what is done for masters now has ended. */
  readonly idle: () => Promise<unknown>
  readonly log: Log
}

/** How often a run is tried where somebody else is at work on the host, and seconds between two tries. */
const mostTries = 720
const again = 5

/** Milliseconds that a master waits for a run of the agent itself. */
const patience = 60_000

/** What an agent does of its own accord: one run after the other, and none is begun while something is done for a master. */
export class OwnRuns {
  readonly #ending = new Interruption()
  #last = Promise.resolve()
  #running: Promise<void> | undefined

  constructor(private readonly options: OwnRunOptions) {}

  /** Runs it when it is its turn; what goes wrong is logged. It may be tried again: it looks each time for what is to be done. */
  add(run: () => Promise<void>): void {
    this.#last = this.#last.then(() => this.#carryOut(run))
  }

  /** Resolves when none is at work: at once where the host is quiet, and when Ctrl-C or a minute has ended the waiting. */
  async over(interruption: Interruption): Promise<void> {
    const running = this.#running
    if (running === undefined || interruption.stopping) return
    let resume: () => void = () => undefined
    const waited = new Promise<void>((resolve) => (resume = resolve))
    const timer = setTimeout(resume, patience)
    const ignore = interruption.onAsk(resume)
    void running.then(resume, resume)
    await waited
    clearTimeout(timer)
    ignore()
  }

  /** None is begun any more. Resolves when the one has ended that is at work. */
  async stop(): Promise<void> {
    this.#ending.ask()
    await this.#last
  }

  async #carryOut(run: () => Promise<void>): Promise<void> {
    const { isBusy, idle, log } = this.options
    for (let tries = 1; ; tries++) {
      // oxlint-disable-next-line no-await-in-loop -- others may have come meanwhile
      while (isBusy()) await idle()
      if (this.#ending.stopping) return
      try {
        this.#running = run()
        // oxlint-disable-next-line no-await-in-loop -- as long as somebody else is at work on the host
        return await this.#running
      } catch (error) {
        const isLocked = knownErrors(error).some(({ code }) => code === 'PRV_TARGET_LOCKED')
        if (!isLocked || tries === mostTries) return log.problem(error)
      } finally {
        this.#running = undefined
      }
      // oxlint-disable-next-line no-await-in-loop
      await this.#ending.pause(again)
    }
  }
}
