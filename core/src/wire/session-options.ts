import type { BlobStore } from '../contracts/blob.js'
import type { FactSource } from '../contracts/facts.js'
import type { ReadKind } from '../contracts/read.js'
import type { StepKind } from '../contracts/step.js'
import type { Trip } from '../contracts/trip.js'
import type { LockOwner } from './lock.js'
import type { OpenOptions, OpenStream } from './open-shell.js'

/** The kinds of reads and steps that plugins registered. */
export interface Kinds {
  readonly read: (name: string) => ReadKind
  readonly step: (name: string) => StepKind
  /** Every program that any kind may need. */
  readonly tools: readonly string[]
}

export interface SessionOptions extends OpenOptions {
  readonly open: OpenStream
  readonly kinds: Kinds
  readonly blobs: BlobStore
  /** All that plugins registered; those that are not lazy are asked in the round trip of the facts. */
  readonly factSources?: readonly FactSource[] | undefined
  /** Names of facts whose sources are asked at once, lazy or not; beside remembered facts no others are asked. */
  readonly factsAtOnce?: ReadonlySet<string> | undefined
  /** What the target told in an earlier session: believed until it tells again, which costs no round trip of its own. */
  readonly remembered?: Readonly<Record<string, unknown>> | undefined
  /** Present: take the lock of the target, in the round trip of the facts. */
  readonly lock?: LockOwner | undefined
  /** The target is the machine that this runs on, which cannot wait for its own next boot. */
  readonly isHere?: boolean | undefined
  /** Called when a round trip has ended. */
  readonly onTrip?: ((trip: Trip) => void) | undefined
}
