import type { Argument, Command, Option } from '../commands/command.js'

/** What was typed of a command before the cursor. */
export interface TypedCommand {
  readonly command: Command
  /** The values of each option, by its long flag: `--target`. */
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly words: readonly string[]
}

/** Where the cursor is. `begun` is the typed part of what is to be completed, and `before` what stands before it in the same word. */
export type CursorPlace =
  | { readonly at: 'command'; readonly path: readonly string[]; readonly isHelp: boolean; readonly begun: string }
  | { readonly at: 'option'; readonly typed: TypedCommand; readonly begun: string }
  | {
      readonly at: 'value'
      readonly of: Option | Argument
      readonly typed: TypedCommand
      readonly before: string
      readonly begun: string
    }
  | { readonly at: 'nothing' }

/** The long flag of an option, the short one, and whether a value follows. */
export const flagsOf = ({ flags }: Option): { long: string; short: string | undefined; takesValue: boolean } => ({
  long: /--[\w-]+/.exec(flags)?.[0] ?? flags,
  short: /(?:^|[\s,])(-\w)\b/.exec(flags)?.[1],
  takesValue: /[<[]/.test(flags),
})

/** `words` stand between the program and the cursor. */
export const placeOfCursor = (words: readonly string[], current: string, commands: readonly Command[]): CursorPlace => {
  const isHelp = words[0] === 'help'
  const named = isHelp ? words.slice(1) : words.filter((word, i) => i > 0 || !word.startsWith('-'))
  const command = isHelp ? undefined : commandAt(named, commands)
  if (command === undefined) {
    const isBelow = commands.some(({ name }) => named.length === 0 || name.startsWith(`${named.join(' ')} `))
    return isBelow ? { at: 'command', path: named, isHelp, begun: current } : { at: 'nothing' }
  }
  return placeInCommand(command, named.slice(command.name.split(' ').length), current)
}

const commandAt = (words: readonly string[], commands: readonly Command[]): Command | undefined =>
  commands.find(({ name }) => name.split(' ').every((word, i) => words[i] === word))

const placeInCommand = (command: Command, words: readonly string[], current: string): CursorPlace => {
  const values = new Map<string, string[]>()
  const typed: { command: Command; values: Map<string, string[]>; words: string[] } = { command, values, words: [] }
  const give = (option: Option, value: string): void => {
    const { long } = flagsOf(option)
    values.set(long, [...(values.get(long) ?? []), value])
  }
  let waiting: Option | undefined
  let isBehindDashes = false
  for (const word of words) {
    if (waiting !== undefined) {
      give(waiting, word)
      waiting = undefined
    } else if (!isBehindDashes && word === '--') isBehindDashes = true
    else if (isBehindDashes || !/^-./.test(word)) typed.words.push(word)
    else {
      for (const { option, value } of optionsIn(word, command)) {
        if (flagsOf(option).takesValue && value === undefined) waiting = option
        else give(option, value ?? '')
      }
    }
  }
  if (waiting !== undefined) return { at: 'value', of: waiting, typed, before: '', begun: current }
  if (!isBehindDashes && current.startsWith('-')) {
    const last = optionsIn(current, command).at(-1)
    if (last?.value === undefined) return { at: 'option', typed, begun: current }
    const { value, option } = last
    return { at: 'value', of: option, typed, before: current.slice(0, current.length - value.length), begun: value }
  }
  const of = argumentAt(command, typed.words.length)
  return of === undefined ? { at: 'nothing' } : { at: 'value', of, typed, before: '', begun: current }
}

/** `--target=web1`, `-tweb1`, or several letters of which only the last may take a value: `-vt`. */
const optionsIn = (word: string, { options }: Command): readonly { option: Option; value: string | undefined }[] => {
  const [, long, value] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? []
  if (long !== undefined) {
    const option = options.find((each) => flagsOf(each).long === long)
    return option === undefined ? [] : [{ option, value }]
  }
  const found: { option: Option; value: string | undefined }[] = []
  for (let i = 1; i < word.length; i++) {
    const option = options.find((each) => flagsOf(each).short === `-${word.charAt(i)}`)
    if (option === undefined) return found
    const rest = word.slice(i + 1)
    const takes = flagsOf(option).takesValue
    found.push({ option, value: takes && rest !== '' ? rest : undefined })
    if (takes) return found
  }
  return found
}

const argumentAt = ({ arguments: all }: Command, position: number): Argument | undefined => {
  const last = all.at(-1)
  return all[position] ?? (last?.words.includes('...') === true ? last : undefined)
}
