import { createRequire } from 'node:module'
import { Command, InvalidArgumentError } from 'commander'
import type { CheckCall } from './check.js'
import type { InitCall } from './init.js'
import type { InspectCall } from './inspect.js'
import type { RunOptions } from './run-operation.js'
import type { SchemaCall } from './schema.js'

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string }

/** One operation as it was typed. */
export interface OperationCall extends Omit<RunOptions, 'emit'> {
  readonly kind: 'operation'
  readonly output: string
  readonly verbose: boolean
  readonly diffLines: number
}

/** What was typed. */
export type Call = OperationCall | CheckCall | InitCall | InspectCall | SchemaCall

interface Flags {
  readonly target: readonly string[]
  readonly output: string
  readonly elevate?: string
  readonly askPassword?: boolean
  readonly verbose?: boolean
  readonly detailedExitcode?: boolean
  readonly speculate?: boolean
  readonly diffLines?: number
  readonly cwd?: string
  readonly runAs?: string
  readonly timeout?: number
  readonly var?: Readonly<Record<string, unknown>>
}

const list = (value: string, before: readonly string[]): readonly string[] => [...before, value]

const seconds = (value: string): number => {
  const number = Number(value)
  if (!(number > 0)) throw new InvalidArgumentError('expected a number of seconds')
  return number
}

const count = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number')
  return Number(value)
}

const targetOption = [
  '-t, --target <expression>',
  'targets: names, globs, /regex/, group:, role:, fact:, with and, or, not; all of them unless given',
  list,
  [] as readonly string[],
] as const

type Variables = Readonly<Record<string, unknown>>

/** `a.b=1` as nested maps. */
const variable = (text: string, before: Variables): Variables => {
  const [, path = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  const names = path.split('.')
  if (names.some((name) => name === '' || name === '__proto__')) {
    throw new InvalidArgumentError('expected name=value, such as port=80 or site.port=80')
  }
  return inside(before, names, valueOf(value))
}

const inside = (map: Variables, [name = '', ...rest]: readonly string[], value: unknown): Variables => {
  const old = map[name]
  const below = typeof old === 'object' && old !== null && !Array.isArray(old) ? (old as Variables) : {}
  return { ...map, [name]: rest.length === 0 ? value : inside(below, rest, value) }
}

const varOption = [
  '--var <name=value>',
  'a variable, stronger than all others; the value is read as JSON where it can be, and a.b=1 means b of the map a',
  variable,
  {} as Variables,
] as const

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Commands that look at the catalog and reach no target. */
const addCatalogCommands = (root: Command, call: (made: Call) => void): void => {
  root
    .command('check [files...]')
    .description('Compile every target without reaching it, and tell everything that is wrong.')
    .option(...targetOption)
    .option(...varOption)
    .option('--facts <file>', 'facts of the targets: what "prove facts -o json" printed, or a map of targets to facts')
    .option('-o, --output <kind>', 'console or json', 'console')
    .exitOverride()
    .addHelpText('after', "\nExample:\n  prove check && prove plan -t 'group:web'")
    .action((files: readonly string[], flags: Flags & { readonly facts?: string }) =>
      call({
        kind: 'check',
        files,
        targets: flags.target,
        variables: flags.var ?? {},
        facts: flags.facts,
        output: flags.output,
      }),
    )
  root
    .command('inspect <what> [target]')
    .description('Tell what the catalog holds: targets, groups, roles, components, vars HOST or states HOST.')
    .option('--explain', 'with vars: every contributor of every variable, with its file and line')
    .option('--component <name>', 'with vars: as the files of this component see them')
    .option(...varOption)
    .option('-o, --output <kind>', 'console, json or yaml', 'console')
    .exitOverride()
    .addHelpText('after', '\nExamples:\n  prove inspect targets\n  prove inspect vars web1 --explain')
    .action(
      (
        what: string,
        target: string | undefined,
        flags: Flags & { readonly explain?: boolean; readonly component?: string },
      ) =>
        call({
          kind: 'inspect',
          what,
          target,
          explain: flags.explain === true,
          component: flags.component,
          variables: flags.var ?? {},
          output: flags.output,
        }),
    )
  root
    .command('init [folder]')
    .description('Begin a catalog: a small one that works, with schemas for your editor. Nothing is overwritten.')
    .exitOverride()
    .addHelpText('after', '\nExample:\n  prove init site && cd site && prove plan')
    .action((folder: string | undefined) => call({ kind: 'init', folder: folder ?? '.' }))
  root
    .command('schema [what]')
    .description('Print the JSON Schema of states, config, role, variables or component, for the installed plugins.')
    .option('--write', 'write all of them to .prove/schemas, for editors')
    .exitOverride()
    .addHelpText('after', '\nExample:\n  prove schema --write')
    .action((what: string | undefined, { write }: { readonly write?: boolean }) =>
      call({ kind: 'schema', what, write: write === true }),
    )
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
  addCatalogCommands(root, call)
  return root
}
