import { extname } from 'node:path'
import type { CommanderError } from 'commander'
import type { Face } from '../program.js'
import { didYouMean, ProveError, quoteAll } from '@prove/core'
import type { Command } from '../commands/command.js'

/** What the parser says of a command line, in the form of all errors, with what to type instead. */
export const usageError = (error: CommanderError, argv: readonly string[], { name, commands }: Spoken): ProveError => {
  const line = { argv, name, commands }
  const said = error.message.replace(/^error: /, '')
  const told = tellings[error.code]?.(said, line)
  const [sentence = ''] = said.split('\n')
  return new ProveError('PRV_USAGE', told?.message ?? plain(sentence), { hint: told?.hint ?? helpHint(line) })
}

type Spoken = Pick<Face, 'name' | 'commands'>

/** What was typed, and what could be. */
interface Line extends Spoken {
  readonly argv: readonly string[]
}

interface Told {
  readonly message?: string | undefined
  readonly hint?: string | undefined
}

const plain = (sentence: string): string => sentence.replaceAll("'", '"').replace(/\.$/, '')

/** The command that was typed, and where. */
const typedCommand = ({ argv, commands }: Line): { readonly command: Command; readonly at: number } | undefined => {
  for (const at of argv.keys()) {
    const command = commands.find(({ name }) => name.split(' ').every((word, i) => argv[at + i] === word))
    if (command !== undefined) return { command, at }
  }
  return undefined
}

const helpHint = (line: Line): string => {
  const typed = typedCommand(line)
  return typed === undefined ? `run "${line.name} --help"` : `run "${line.name} help ${typed.command.name}"`
}

const unknownCommand = (said: string, { name: program, commands }: Line): Told => {
  const word = quoted(said)
  if (program === 'prove' && stateFileExtensions.includes(extname(word))) {
    return { hint: `to see what a state file would do, run "prove plan ${quoteAll([word])}"` }
  }
  return {
    hint:
      guess(said) ??
      didYouMean(
        word,
        commands.map(({ name }) => name),
      ) ??
      (program === 'prove'
        ? 'run "prove --help" for the commands; a target stands behind one, such as: prove plan -t web1'
        : `run "${program} --help" for the commands`),
  }
}

/** Of the shipped loaders: which others there are is not known before a catalog is read. */
const stateFileExtensions = ['.yml', '.yaml', '.json', '.ts']

const unknownOption = (said: string, line: Line): Told => {
  const { argv, name: program, commands } = line
  const flag = quoted(said)
  const typed = typedCommand(line)
  const owners = commands.filter((command) => hasOption(command, flag))
  const [owner] = owners
  if (owner === undefined) {
    // The parser has read "-verbose" as letters, and tells only those that it did not know.
    const whole = argv.find((word) => word.endsWith(flag.slice(1)) && isOption(`-${word}`, commands))
    return { hint: guess(said) ?? (whole === undefined ? undefined : `did you mean "-${whole}"?`) }
  }
  const place = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`))
  if (typed === undefined) return { hint: `write it behind a command: ${program} ${quoteAll([owner.name, ...argv])}` }
  if (place < 0 || place > typed.at) return { hint: `it belongs to ${listed(owners.map(({ name }) => name))}` }
  const words = typed.command.name.split(' ')
  const others = argv.filter((_word, i) => i < typed.at || i >= typed.at + words.length)
  return { hint: `write it behind the command: ${program} ${quoteAll([...words, ...others])}` }
}

const hasOption = ({ options }: Command, flag: string): boolean =>
  options.some(({ flags }) => flags.split(/[\s,]+/).includes(flag))

const isOption = (flag: string, commands: readonly Command[]): boolean =>
  commands.some((command) => hasOption(command, flag))

const missingArgument = (_said: string, line: Line): Told => {
  const [example] = typedCommand(line)?.command.examples ?? []
  return { hint: example === undefined ? undefined : `such as: ${example.line}` }
}

const excessArguments = (said: string, line: Line): Told => {
  const { argv, name: program } = line
  const typed = typedCommand(line)
  const message = /^[^.]*/.exec(said)?.[0]
  if (typed === undefined) return { message }
  const { name, options } = typed.command
  const hasTargets = options.some(({ flags }) => flags.startsWith('-t,'))
  const word = argv.slice(typed.at + 1).find((each) => !each.startsWith('-'))
  if (!hasTargets || word === undefined) return { message: plain(message ?? said) }
  return { message: plain(message ?? said), hint: `targets stand behind -t: ${program} ${name} -t ${quoteAll([word])}` }
}

const missingValue = (said: string): Told => {
  const flags = quoted(said)
  return {
    message: `"${optionOf(flags)}" lacks its value`,
    hint: `write it behind the option: ${flags.replace(/^-\w, /, '')}`,
  }
}

const wrongValue = (said: string): Told => {
  const [, flags = '', value, why] = /^option '(.*)' argument '(.*)' is invalid\. (.*)$/s.exec(said) ?? []
  const choices = /^Allowed choices are (.*)\.$/.exec(why ?? '')?.[1]
  return {
    message: `"${value}" is no value of ${optionOf(flags)}`,
    hint:
      choices === undefined
        ? why
        : (didYouMean(value ?? '', choices.split(', ')) ?? `it is ${listed(choices.split(', '), 'or')}`),
  }
}

const tellings: Readonly<Record<string, (said: string, line: Line) => Told>> = {
  'commander.unknownCommand': unknownCommand,
  'commander.unknownOption': unknownOption,
  'commander.missingArgument': missingArgument,
  'commander.excessArguments': excessArguments,
  'commander.optionMissingArgument': missingValue,
  'commander.invalidArgument': wrongValue,
}

const quoted = (said: string): string => /'(.*?)'/.exec(said)?.[1] ?? ''

/** `-t, --target` of `-t, --target <expression>`. */
const optionOf = (flags: string): string => flags.replace(/ [<[].*/, '')

/** What the parser guesses: `(Did you mean one of plan, ping?)`. */
const guess = (said: string): string | undefined => {
  const names = /\(Did you mean (?:one of )?(.*)\?\)/.exec(said)?.[1]?.split(', ')
  return names === undefined
    ? undefined
    : `did you mean ${listed(
        names.map((name) => `"${name}"`),
        'or',
      )}?`
}

const listed = (words: readonly string[], between = 'and'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${between} ${words.at(-1) ?? ''}`
