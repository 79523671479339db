import type { Argument, Option } from './command.js'
import { count } from './options.js'

/** State files in place of those that the catalog gives the targets. */
export const filesArgument: Argument = {
  words: '[files...]',
  about: 'state files, in place of those that the catalog gives the targets',
  completes: 'files',
}

/** State files, and states to run alone: a word with the extension of a state file is a file. */
export const statesArgument: Argument = {
  words: '[states...]',
  about: 'state files, in place of those of the catalog; and states to run, with what they require, in place of all',
  completes: 'states',
}

export interface StateFlags {
  readonly diff: boolean
  readonly diffLines: number
  readonly detailedExitcode?: true
  readonly speculate: boolean
}

/** How changes are shown. */
const diffOptions: readonly Option[] = [
  { flags: '--diff', about: 'show how texts change, as is done unless told otherwise', default: true },
  { flags: '--no-diff', about: 'do not show how texts change' },
  { flags: '--diff-lines <number>', about: 'lines of a diff to show; 0 for all', parse: count, default: 40 },
]

export const stateOptions: readonly Option[] = [
  ...diffOptions,
  { flags: '--detailed-exitcode', about: 'end with 4 when something changed, or would' },
  { flags: '--no-speculate', about: 'read afresh before every part' },
]

export const exitStatusNotes = (happened: 'changed' | 'would change'): string => `Exit status, the first that applies:
  1    usage or catalog error
  130  Ctrl-C came before some target had everything
  3    some target is unreachable
  2    some target failed, is unstable, timed out or was lost
  4    something ${happened} (only with --detailed-exitcode)
  0    otherwise`

export interface LedgerFlags {
  readonly ledger: boolean
}

export const ledgerOption: Option = {
  flags: '--no-ledger',
  about: 'notify also where the target cannot keep that for the next run',
}
