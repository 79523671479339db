/** How long the other side may say nothing, in milliseconds. */
export interface Patience {
  /** After so long without a word it is asked whether it is still there. */
  readonly keepAlive: number
  /** After so long without a word it is taken for dead. */
  readonly deadAfter: number
}

/** How long the other side may say nothing when the network has said that nobody is there. */
const doubt = 2000

/** The longest pause between two questions, in milliseconds. */
const longestPause = 1000

/** Looks after the other side: when to ask whether it is there, and when to give it up. Times are milliseconds. */
export class Watch {
  #heardAt: number
  #askedAt = -Infinity
  #asked = 0
  #doubtsSince = Infinity
  #isWanted: boolean

  /** `isWanted`: an answer is wanted at once. */
  constructor(
    private readonly patience: Patience,
    now: number,
    isWanted: boolean,
  ) {
    this.#heardAt = now
    this.#isWanted = isWanted
  }

  /** When the other side is dead, unless it says something before. */
  get deadAt(): number {
    return Math.min(this.#heardAt + this.patience.deadAfter, this.#doubtsSince + doubt)
  }

  /** When to ask; `pause` is how long an answer takes at most, and `isStuck` that nothing goes on until it comes. */
  askAt(pause: number, isStuck: boolean): number {
    const next = this.#askedAt + Math.min(longestPause, pause * 2 ** Math.min(10, Math.max(0, this.#asked - 1)))
    if (this.#isWanted || isStuck)
      return this.#asked === 0 && this.#isWanted ? -Infinity : Math.max(next, this.#stuckAt(pause))
    return Math.max(next, this.#heardAt + this.patience.keepAlive)
  }

  ask(now: number): void {
    this.#askedAt = now
    this.#asked++
  }

  /** The other side said something. `isStuck`: but not what would let things go on. */
  hear(now: number, isStuck: boolean): void {
    this.#heardAt = now
    this.#doubtsSince = Infinity
    this.#isWanted = false
    if (!isStuck) this.#asked = 0
  }

  /** The network says that nobody is there. Anyone can make it say so: it is a reason to ask, and no more. */
  doubtIt(now: number): void {
    if (this.#doubtsSince < Infinity) return
    this.#doubtsSince = now
    this.#isWanted = true
    this.#asked = 0
  }

  #stuckAt(pause: number): number {
    return this.#asked === 0 ? this.#heardAt + pause : -Infinity
  }
}
