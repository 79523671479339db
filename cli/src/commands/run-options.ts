import { InvalidArgumentError } from 'commander'
import { type Amount, parseAmount } from '../run/amount.js'
import type { Option } from './command.js'
import { atLeastOne, type OutputFlags, type TargetFlags, targetOption } from './options.js'

/** Of every command that reaches targets. */
export interface RunFlags extends TargetFlags, OutputFlags {
  readonly concurrency: number
  readonly elevate?: string
  readonly askPassword?: true
  readonly askLogin?: true
  readonly verbose: number
}

const elevations = ['sudo', 'doas', 'su'] as const

/** Connections are opened at once; more than this keeps a master of two cores from answering in time. */
const usualConcurrency = 25

/** Of commands that change targets. */
export interface RolloutFlags {
  readonly serial?: readonly Amount[]
  readonly maxFail?: Amount
}

const amount = (text: string): Amount => {
  const parsed = parseAmount(text)
  if (parsed === undefined)
    throw new InvalidArgumentError(`expected a number or a share, such as 2 or 25%; found "${text}"`)
  return parsed
}

export const rolloutOptions: readonly Option[] = [
  {
    flags: '--serial <sizes>',
    about: 'work in batches: 2, 25%, or sizes one after the other, 1,5,25%; the last one goes on',
    parse: (text: string) => text.split(',').map(amount),
  },
  {
    flags: '--max-fail <amount>',
    about: 'targets that may fail before no more are begun: 0, 3, 10%; with --serial none may, unless told',
    parse: amount,
  },
]

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
  { flags: '-k, --ask-login', about: 'ask for the password to log in with, where no key is let in' },
  {
    flags: '-v, --verbose',
    about: 'also what is as declared, and long values whole; -vv: every round trip too',
    parse: (_value: string, before: number) => before + 1,
    default: 0,
  },
]
