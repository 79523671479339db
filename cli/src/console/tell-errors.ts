import { CommanderError } from 'commander'
import { knownErrors, ProveError } from '@prove/core'
import type { Colors } from './colors.js'
import { errorLine } from './error-line.js'
import { errorText } from './errors-text.js'
import { NothingAsked } from '../nothing-asked.js'

export interface ErrorStreams {
  /** Standard output, where it is read as events. */
  readonly print: ((text: string) => void) | undefined
  /** Standard error. */
  readonly complain: (text: string) => void
  readonly colors: Colors
}

/** Tells what ended a command line, and returns its exit status. */
export const tellErrors = (thrown: unknown, { print, complain, colors }: ErrorStreams): number => {
  if (thrown instanceof NothingAsked) return 1
  const error = thrown instanceof CommanderError ? usageError(thrown) : thrown
  for (const known of knownErrors(error)) print?.(`${errorLine(known)}\n`)
  complain(errorText(error, colors))
  return 1
}

/** What the parser says, in the form of all errors: `error: unknown option '--tagret'`, and perhaps a guess in brackets. */
const usageError = ({ message }: CommanderError): ProveError => {
  const [, flags, value, why] = /^error: option '(.*)' argument '(.*)' is invalid\. (.*)$/s.exec(message) ?? []
  if (flags !== undefined) {
    const option = flags.replace(/ [<[].*/, '')
    const hint = why?.replace(/^Allowed choices are (.*)\.$/, 'it is $1').replace(/, (?=[^,]*$)/, ' or ')
    return new ProveError('PRV_USAGE', `"${value}" is no value of ${option}`, { hint })
  }
  const [said = '', ...rest] = message.replace(/^error: /, '').split('\n')
  const guess = /Did you mean (?:one of )?(.*)\?\)/.exec(rest.join(' '))?.[1]
  const names = guess?.split(', ').map((name) => `"${name}"`)
  const hint =
    names === undefined ? 'run "prove --help", or "prove help COMMAND"' : `did you mean ${names.join(' or ')}?`
  return new ProveError('PRV_USAGE', said.replaceAll("'", '"').replace(/\.$/, ''), { hint })
}
