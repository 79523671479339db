import type { Option } from './command.js'
import { atLeastOne, type OutputFlags, type TargetFlags, targetOption } from './options.js'

/** Of every command that reaches targets. */
export interface RunFlags extends TargetFlags, OutputFlags {
  readonly concurrency: number
  readonly elevate?: string
  readonly askPassword?: true
  readonly verbose: number
}

const elevations = ['sudo', 'doas', 'su'] as const

/** Connections are opened at once; more than this keeps a master of two cores from answering in time. */
const usualConcurrency = 25

export const runOptions: readonly Option[] = [
  targetOption,
  {
    flags: '-o, --output <report>',
    about: 'console, json, junit, html, or a report of a plugin',
    default: 'console',
    completes: ['console', 'json', 'junit', 'html'],
  },
  {
    flags: '--concurrency <number>',
    about: 'targets to work on at once',
    parse: atLeastOne,
    default: usualConcurrency,
  },
  { flags: '--elevate <method>', about: 'become root by sudo, doas or su', choices: elevations },
  { flags: '-K, --ask-password', about: 'ask for the password of --elevate' },
  {
    flags: '-v, --verbose',
    about: 'also what is as declared, and long values whole; -vv: every round trip too',
    parse: (_value: string, before: number) => before + 1,
    default: 0,
  },
]
