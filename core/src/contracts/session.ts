import type { Answered, Read } from './read.js'
import type { NumberedStep, StepResult } from './step.js'
import type { Facts, FactSource } from './facts.js'
import type { LedgerEntry } from './ledger.js'

/** What planning receives: it can ask, and nothing else. */
export interface Reader {
  /** One answer for each read, in order, in one round trip. */
  read(reads: readonly Read[]): Promise<readonly Answered[]>
}

/** Steps, then the reads that prove them, before anything of the next segment happens. */
export interface Segment {
  readonly steps: readonly NumberedStep[]
  readonly proof: readonly Read[]
}

export interface Performed {
  /** By the number of the step. */
  readonly results: ReadonlyMap<number, StepResult>
  /** Answers to the proof of each segment. */
  readonly proofs: readonly (readonly Answered[])[]
  readonly answers: readonly Answered[]
}

/** A target with a shell open: what applying receives. */
export interface Session extends Reader {
  readonly facts: Facts
  /** Those, and what sources have given so far, as plain data. Null: asked and not known; absent: not asked. */
  readonly allFacts: Readonly<Record<string, unknown>>
  /** Asks the sources that have not been asked, in one round trip; default all. Resolves to {@link allFacts}. */
  gatherFacts(sources?: readonly FactSource[]): Promise<Readonly<Record<string, unknown>>>
  /**
   * Looks for the programs that kinds need which were registered after the session was opened. One round trip; none where
   * there are no such kinds.
   */
  seekTools(): Promise<void>
  /** What the ledger of the target holds, of all catalogs; read with the facts. */
  ledger(): Promise<readonly LedgerEntry[]>
  /** All segments in order, then the reads, in one round trip. `ended` is called with the numbers of steps as their results arrive. */
  perform(
    segments: readonly Segment[],
    then: readonly Read[],
    ended?: (steps: readonly number[]) => void,
  ): Promise<Performed>
  /** Steps that were sent and have not begun will not begin. */
  stop(): void
  /** Steps begin again, after {@link stop}. */
  resume(): Promise<void>
  /** Ends the running step by force. Resolves when its process group is gone; rejects when that cannot be known. */
  kill(): Promise<void>
  /** Since the hello. */
  readonly roundTrips: number
}
