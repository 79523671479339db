import { createRequire } from 'node:module'
import { Command } from 'commander'
import { addCatalogCommands } from './catalog-commands.js'
import type { CheckCall } from './check.js'
import type { GraphCall } from './graph/graph.js'
import type { InitCall } from './init.js'
import type { InspectCall } from './inspect.js'
import { count, list, seconds, targetOption, varOption } from './options.js'
import type { RunOptions } from './run-operation.js'
import type { SchemaCall } from './schema.js'
import type { WhyCall } from './why/why.js'

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string }

/** One operation as it was typed. */
export interface OperationCall extends Omit<RunOptions, 'emit'> {
  readonly kind: 'operation'
  readonly output: string
  readonly verbose: boolean
  readonly diffLines: number
}

/** What was typed. */
export type Call = OperationCall | CheckCall | GraphCall | InitCall | InspectCall | SchemaCall | WhyCall

interface Flags {
  readonly target: readonly string[]
  readonly output: string
  readonly elevate?: string
  readonly askPassword?: boolean
  readonly verbose?: boolean
  readonly detailedExitcode?: boolean
  readonly speculate?: boolean
  readonly ledger?: boolean
  readonly diffLines?: number
  readonly cwd?: string
  readonly runAs?: string
  readonly timeout?: number
  readonly var?: Readonly<Record<string, unknown>>
}

/** The command line. `call` is given the one thing that was typed. */
export const program = (call: (made: Call) => void): Command => {
  const root = new Command('prove')
    .description('Make hosts be what you declared, and say beforehand what that takes.')
    .version(version, '-V, --version')
    .exitOverride()
    .showSuggestionAfterError(true)
    .showHelpAfterError('run "prove --help" for the commands')

  const add = (name: string, about: string, words: string, example: string): Command =>
    root
      .command(`${name}${words === '' ? '' : ` ${words}`}`)
      .description(about)
      .option(...targetOption)
      .option('-o, --output <kind>', 'console or json', 'console')
      .option('--elevate <method>', 'become root by sudo, doas or su')
      .option('-K, --ask-password', 'ask for the password of --elevate')
      .option('-v, --verbose', 'also tell what is already as declared')
      .exitOverride()
      .addHelpText('after', `\nExample:\n  ${example}`)

  const made = (operation: string, flags: Flags, rest: Partial<OperationCall>): void =>
    call({
      kind: 'operation',
      operation,
      targets: flags.target,
      files: [],
      variables: flags.var ?? {},
      input: undefined,
      speculate: flags.speculate ?? true,
      ledgerOptional: flags.ledger === false,
      askPassword: flags.askPassword === true,
      elevate: flags.elevate,
      detailedExitCode: flags.detailedExitcode === true,
      output: flags.output,
      verbose: flags.verbose === true,
      diffLines: flags.diffLines ?? 40,
      ...rest,
    })

  for (const [name, about] of [
    ['plan', 'Say what apply would do, and how sure that is; change nothing.'],
    ['apply', 'Make the targets what the state files declare.'],
  ] as const) {
    add(name, about, '[files...]', `prove ${name} site.yml -t web1`)
      .option(...varOption)
      .option('--diff-lines <number>', 'lines of a diff to show', count, 40)
      .option('--detailed-exitcode', 'end with 4 when something changed')
      .option('--no-speculate', 'read afresh before every part')
      .option('--no-ledger', 'notify also where the target cannot keep that for the next run')
      .action((files: readonly string[], flags: Flags) => made(name, flags, { files }))
  }
  add('cmd', 'Run one command.', '<command...>', 'prove cmd -t web1 -- systemctl status nginx')
    .option('--cwd <path>', 'the folder to run in')
    .option('--run-as <user>', 'the user to run as')
    .option('--timeout <seconds>', 'seconds it may take', seconds)
    .action((words: readonly string[], { cwd, runAs, timeout, ...flags }: Flags) => {
      // One word is text for a shell, several are a command and its arguments.
      const command = words.length === 1 ? words[0] : words
      made('cmd', flags, { input: { command, cwd, runAs, timeout } })
    })
  add('ping', 'Open a shell on the targets and wait for their answer.', '', 'prove ping').action((flags: Flags) =>
    made('ping', flags, {}),
  )
  add('facts', 'Tell what is known of the targets.', '', 'prove facts -o json').action((flags: Flags) =>
    made('facts', flags, {}),
  )
  add('status', 'Tell which notifications the targets keep for the next run.', '[targets...]', 'prove status web1')
    .option('--dismiss <state>', 'forget what is pending for this state, by its full id', list, [] as readonly string[])
    .action((names: readonly string[], flags: Flags & { readonly dismiss: readonly string[] }) => {
      const { dismiss, ...rest } = flags
      made(
        dismiss.length > 0 ? 'dismiss' : 'status',
        { ...rest, target: [...names, ...flags.target] },
        { input: { dismiss } },
      )
    })
  addCatalogCommands(root, call)
  return root
}
