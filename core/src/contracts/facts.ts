/** A script that finds out facts about a target. */
export interface FactSource {
  readonly name: string
  /** The names it gives, each with one sentence for the docs. */
  readonly facts: Readonly<Record<string, string>>
  /** Costly: gathered only where one of its facts is asked for. */
  readonly lazy?: boolean
  /** How long it may run on the target, in seconds; default 10. Sources asked together all have the longest time. */
  readonly seconds?: number
  /**
   * POSIX shell text, for every dialect of base tools. What is missing on the target makes a fact null, not an error;
   * so do a script that does not end in time and output above 1 MiB. It runs beside others, not in the loop, and may
   * use `watch SECONDS COMMAND…` (124: time was up) and, if it makes it, the folder "$D", gone with the session.
   */
  readonly script: string
  /** Plain data by the names of `facts`; names that are missing become null. */
  parse(output: string): Readonly<Record<string, unknown>>
}

/** The dialect of a target's base tools. */
export type Dialect = 'gnu' | 'busybox'

/** What is known of a target before its states are read. */
export interface Facts {
  readonly hostname: string
  readonly kernel: string
  readonly kernelVersion: string
  readonly arch: string
  /** From /etc/os-release: `debian`, `12`. */
  readonly os: string
  readonly osVersion: string
  /** The user that the session runs as. */
  readonly user: string
  readonly uid: number
  /** Its primary group. */
  readonly group: string
  readonly home: string
  /** Identifies the boot, so that a process id of an earlier one is never believed. */
  readonly boot: string
  readonly dialect: Dialect
  /** The programs, of those that plugins asked for, that the target has. */
  readonly tools: readonly string[]
  /** Where Prove keeps its lock and ledger on the target. */
  readonly stateFolder: string
}
