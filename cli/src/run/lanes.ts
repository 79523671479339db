/** Work that must not overlap, by the name of what it shares. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs it when all that came before in this lane has ended, however it ended. */
  after<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(lane) ?? Promise.resolve()
    const result = before.then(work, work)
    this.#last.set(lane, result)
    return result
  }
}
