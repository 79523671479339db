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
