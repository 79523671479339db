import { knownErrors } from '@prove/core'

/** Where a daemon says what it does, for whoever looks later. */
export interface Log {
  info(message: string): void
  /** Something that went wrong, of which the cause is told; one that Prove does not know is told with its stack. */
  problem(error: unknown): void
}

/** Lines on standard error, each with the priority that the journal of systemd reads from it. */
export const journalLog = (write: (line: string) => void): Log => ({
  info: (message) => write(`<6>${oneLine(message)}\n`),
  problem: (error) => {
    const known = knownErrors(error)
    for (const { code, message, hint } of known) {
      write(`<4>${oneLine(`${code} ${message}${hint === undefined ? '' : `; ${hint}`}`)}\n`)
    }
    if (known.length === 0)
      write(`<3>${oneLine(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`)
  },
})

/** What strangers have said cannot begin a line of its own. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 4096)
