/** A notification that the target keeps until it was answered: plain data. */
export interface LedgerEntry {
  /** Its name on the target: a hash of the catalog, the environment, the state and `with`. */
  readonly key: string
  readonly catalog: string
  readonly environment: string
  /** The full id of the state to run. */
  readonly state: string
  /** Variables for it, as they were written: late values are evaluated when it is answered. */
  readonly with: Readonly<Record<string, unknown>>
  /** The state that notifies. */
  readonly by: string
  /** ISO 8601. */
  readonly since: string
}
