/** Ctrl-C as the engine sees it: asked once, nothing more is begun; asked twice, the running step is killed. */
export class Interruption {
  #asked: 0 | 1 | 2 = 0
  readonly #listeners = new Set<(times: 1 | 2) => void>()

  get stopping(): boolean {
    return this.#asked > 0
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
