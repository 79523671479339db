import type { Blob } from '../contracts/blob.js'
import type { Step, StepKind } from '../contracts/step.js'
import { quote } from '../wire/quote.js'
import { type CommandLine, runWords } from './command-line.js'

/** Seconds that a command may take when nothing else is said. */
const defaultSeconds = 3600

/** Runs a command in a process group of its own, under a watchdog. Touches everything. */
export interface ExecStep extends Step, CommandLine {
  readonly kind: 'exec'
  readonly stdin?: Blob | undefined
  /** Default one hour. */
  readonly timeout?: number | undefined
}

export const exec = (line: Omit<ExecStep, 'kind'>): ExecStep => ({ kind: 'exec', ...line })

const secondsOf = ({ timeout }: ExecStep): number => timeout ?? defaultSeconds

export const execKind: StepKind<ExecStep> = {
  name: 'exec',
  tools: ['setsid'],
  blobs: ({ stdin }) => (stdin === undefined ? [] : [stdin]),
  command: (step, blobPath) => {
    const words = runWords(step, secondsOf(step))
    return step.stdin === undefined ? words : `payload_into ${quote(blobPath(step.stdin))} ${words}`
  },
  library: () => `payload_into() { payload "$1" >"$D/in" || return 1; shift; "$@" <"$D/in"; }`,
  // The watchdog adds five seconds between TERM and KILL.
  seconds: (step) => secondsOf(step) + 6,
}
