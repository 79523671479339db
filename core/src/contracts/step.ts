import type { Blob } from './blob.js'
import type { Facts } from './facts.js'
import type { Given } from './read.js'

/** One thing to do, as data. */
export interface Step {
  readonly kind: string
}

/**
 * What a step changes. `metadata` marks steps that change an inode in place, which other names may share.
 * The default of a kind is everything.
 */
export type Touches = 'everything' | 'nothing' | { readonly paths: readonly string[]; readonly metadata?: boolean }

/** A step in a frame: its number in the session and the steps that must have succeeded before it. */
export interface NumberedStep<S extends Step = Step> {
  readonly number: number
  readonly needs: readonly number[]
  readonly step: S
}

/** Names that scripts may use for uploaded blobs: a file in the scratch folder of the session. */
export type BlobPath = (blob: Blob) => string

/** Neighbouring steps that can be done together, cheaper than one by one. */
export interface StepBatch {
  /** Unique in the session. */
  readonly key: string
  /** At least two, in order. */
  readonly steps: readonly NumberedStep[]
  /** The archive that is uploaded for them. */
  readonly files: readonly { readonly name: string; readonly mode: number; readonly blob: Blob }[]
  /** Shell text that succeeds only when all of them are done; otherwise each is done alone. */
  command(archive: string): string
}

/** How one kind of step is done on a target. */
export interface StepKind<S extends Step = Step> {
  readonly name: S['kind']
  readonly tools?: readonly string[]
  touches?(step: S): Touches
  /** What the step leaves, for plans. Absent or undefined: unknown. */
  gives?(step: S, facts: Facts): readonly Given[] | undefined
  /** True for a step that may refuse its change by itself, such as one with a validate command. */
  mayRefuse?(step: S): boolean
  /** Blobs that must be in scratch before the step. */
  blobs?(step: S): readonly Blob[]
  /** The shell command line that does the step: words already quoted, calling functions of the step library. */
  command(step: S, blobPath: BlobPath, facts: Facts): string
  batches?(steps: readonly NumberedStep<S>[]): readonly StepBatch[]
  /**
   * True when a step may be sent together with the one of its kind before it although it was decided before that ran: what it
   * was decided from can only have come nearer to what is wanted. Absent: never.
   */
  joins?(step: S, earlier: S): boolean
  /** Shell functions that `command` calls; sent once a session. */
  readonly library?: (facts: Facts) => string
  /** Seconds that the step may take on the target. */
  seconds?(step: S): number
  /** Of a step after which the target boots: the seconds within which it is back. The run then goes on, in its next boot. */
  reboots?(step: S): number
  /** Files that an interrupted step may leave behind, for the next run to remove. */
  leftovers?(step: S): readonly string[]
}

/** How a step ended. Streams are cut at 1 MiB. */
export interface StepResult {
  readonly status: 'done' | 'failed' | 'skipped' | 'stopped' | 'timeout'
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  /** What it took on the target, in milliseconds, to 10; absent where that is not known. */
  readonly elapsedMs?: number
}
