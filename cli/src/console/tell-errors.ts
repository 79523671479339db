import { CommanderError } from 'commander'
import { knownErrors } from '@prove/core'
import type { Colors } from './colors.js'
import { errorLine } from './error-line.js'
import { errorText } from './errors-text.js'
import { NothingAsked } from '../nothing-asked.js'
import type { Face } from '../program.js'
import { usageError } from './usage-error.js'

export interface ErrorStreams {
  /** What the program can do that was called. */
  readonly face: Pick<Face, 'name' | 'commands'>
  /** The words of the command line. */
  readonly argv: readonly string[]
  /** Standard output, where it is read as events. */
  readonly print: ((text: string) => void) | undefined
  /** Standard error. */
  readonly complain: (text: string) => void
  readonly colors: Colors
}

/** Tells what ended a command line, and returns its exit status. */
export const tellErrors = (thrown: unknown, { face, argv, print, complain, colors }: ErrorStreams): number => {
  if (thrown instanceof NothingAsked) return 1
  const error = thrown instanceof CommanderError ? usageError(thrown, argv, face) : thrown
  for (const known of knownErrors(error)) print?.(`${errorLine(known)}\n`)
  complain(errorText(error, colors))
  return 1
}
