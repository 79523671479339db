/** What of one kind went to a target together. */
export interface Asked {
  /** "facts", "lock", the name of a kind of read, or "steps". */
  readonly what: string
  /** How many things were asked, or steps were to be done. */
  readonly count: number
}

/** One round trip: from the first frame that was sent while nothing was awaited, to the last answer. */
export interface Trip {
  /** From 1, since the hello. */
  readonly number: number
  readonly elapsedMs: number
  /** Bytes, uploads included. */
  readonly sent: number
  /** Bytes. */
  readonly received: number
  readonly frames: readonly Asked[]
}
