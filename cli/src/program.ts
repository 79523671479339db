import { Argument, Command as Parser, CommanderError, Option as ParserOption } from 'commander'
import { type Command, type Example, headings, type Option, type Words } from './commands/command.js'
import type { Project } from './project.js'

/** One command line as it was understood. */
export interface Call {
  readonly command: Command
  readonly words: Words
  readonly flags: Readonly<Record<string, unknown>>
}

/** What a program calls itself, and what it can do. */
export interface Face {
  readonly name: string
  readonly version: string
  readonly about: string
  readonly commands: readonly Command[]
  /** What is told of a word that only leads to commands. */
  readonly parents?: Readonly<Record<string, string>>
  readonly introduction?: string
  /** The configuration around a folder; absent where no command asks for one. */
  readonly openProject?: (folder: string) => Promise<Project>
}

/** The parser of the command line, made of the commands. `call` is given the one thing that was typed. */
export const program = (call: (made: Call) => void, face: Face): Parser => {
  const { name, version, about, commands, parents = {} } = face
  const beginning = face.introduction === undefined ? '' : `\n${face.introduction}`
  const root = new Parser(name)
    .description(about)
    .version(version, '-V, --version')
    .helpOption('-h, --help', 'show help; also behind a command')
    .helpCommand(false)
    .addHelpText('after', `${beginning}\nEvery command has examples: ${name} help COMMAND.`)
  quiet(root)
  for (const heading of headings) {
    for (const command of commands) if (command.heading === heading) add(root, command, call, parents)
  }
  addHelp(root)
  return root
}

/** As that of the parser, which knows one word only, and takes a mistyped one for none. */
const addHelp = (root: Parser): void => {
  const own = quiet(root.command('help')).description('Show the help of a command.').helpGroup('Set up:')
  own.argument('[command...]', 'its name')
  own.action((path: readonly string[]) => {
    const found = path.reduce((parser: Parser, word) => {
      if (parser.commands.length === 0) return parser
      const below = parser.commands.find((each) => each.name() === word)
      return below ?? root.error(`error: unknown command '${word}'`, { code: 'commander.unknownCommand' })
    }, root)
    found.outputHelp()
    throw new CommanderError(0, 'commander.helpDisplayed', '')
  })
}

/** Errors are told by whoever runs the program, in the form of all errors. */
const quiet = (parser: Parser): Parser =>
  parser
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ optionDescription, subcommandTerm, minWidthToWrap: 20 })

type Parents = NonNullable<Face['parents']>

const add = (root: Parser, command: Command, call: (made: Call) => void, parents: Parents): void => {
  const { name, about, heading, options, examples, notes } = command
  const words = name.split(' ')
  const own = quiet(parentOf(root, words.slice(0, -1), heading, parents).command(words.at(-1) ?? name))
  own.description(about).helpGroup(`${heading}:`)
  for (const argument of command.arguments) own.addArgument(new Argument(argument.words, argument.about))
  for (const option of options) own.addOption(parserOption(option))
  own.addHelpText('after', `\n${notes === undefined ? '' : `${notes}\n\n`}Examples:\n${examplesText(examples)}`)
  own.action((...given: readonly unknown[]) =>
    call({ command, words: given.slice(0, -2) as Words, flags: given.at(-2) as Call['flags'] }),
  )
}

/** The command that others stand below, such as `plugin` of `plugin new`. */
const parentOf = (root: Parser, path: readonly string[], heading: string, parents: Parents): Parser =>
  path.reduce((parser, name) => {
    const known = parser.commands.find((each) => each.name() === name)
    return (
      known ??
      quiet(parser.command(name))
        .description(parents[name] ?? '')
        .helpGroup(`${heading}:`)
    )
  }, root)

const parserOption = ({ flags, about, parse, choices, default: usual }: Option): ParserOption => {
  const option = new ParserOption(flags, about)
  if (choices !== undefined) return option.choices(choices).default(usual)
  if (usual !== undefined && !option.negate) option.default(usual)
  return parse === undefined ? option : option.argParser(parse as (value: string, before: unknown) => unknown)
}

/** A command and its arguments: that it has options goes without saying. */
const subcommandTerm = (command: Parser): string =>
  [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ')

const argumentTerm = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

/** Columns of a terminal that help fits in. */
const helpWidth = 80

const examplesText = (examples: readonly Example[]): string => {
  const width = Math.max(...examples.map(({ line }) => line.length))
  const isNarrow = examples.every(({ about }) => width + about.length + 4 <= helpWidth)
  return examples
    .map(({ line, about }) => (isNarrow ? `  ${line.padEnd(width)}  ${about}` : `  ${line}\n      ${about}`))
    .join('\n')
}

/** Lists and maps are empty unless given, and counts begin at nothing: that needs no telling. */
const optionDescription = ({ description, argChoices, defaultValue }: ParserOption): string => {
  const usual =
    typeof defaultValue === 'string' || (typeof defaultValue === 'number' && defaultValue > 0)
      ? `${defaultValue} unless given`
      : ''
  const more = [argChoices?.join(', ') ?? '', usual].filter((text) => text !== '')
  return more.length === 0 ? description : `${description} (${more.join('; ')})`
}
