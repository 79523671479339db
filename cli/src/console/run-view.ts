import type { Report } from '@prove/core'

/** A report of a run that goes on now, with what is no event of it. */
export interface RunView extends Report {
  /** Work on a target begins: it is about to be reached. */
  begin?(target: string): void
  /** Ctrl-C, for the first time. */
  interrupt?(): void
  /** Leaves the terminal to somebody else, such as a question, until the returned function is called. */
  hold?(): () => void
}
