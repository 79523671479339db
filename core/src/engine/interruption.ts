/** Ctrl-C as the engine sees it: asked once, nothing more is begun; asked twice, the running step is killed. */
export class Interruption {
  #asked: 0 | 1 | 2 = 0
  readonly #listeners = new Set<(times: 1 | 2) => void>()

  get stopping(): boolean {
    return this.#asked > 0
  }

  /** Asked twice: what runs is to be killed. */
  get killing(): boolean {
    return this.#asked === 2
  }

  /** So many seconds, or until Ctrl-C. */
  async pause(seconds: number): Promise<void> {
    if (this.stopping) return
    let wake: () => void = () => undefined
    const slept = new Promise<void>((resume) => {
      wake = resume
    })
    const timer = setTimeout(wake, seconds * 1000)
    const ignore = this.onAsk(wake)
    await slept
    clearTimeout(timer)
    ignore()
  }

  /** Called for each press of Ctrl-C; more than two are the caller's to handle. */
  ask(): void {
    if (this.#asked === 2) return
    this.#asked = this.#asked === 0 ? 1 : 2
    for (const listener of this.#listeners) listener(this.#asked)
  }

  /** Returns the function that ends the listening. */
  onAsk(listener: (times: 1 | 2) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
