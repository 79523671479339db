import type { Command, Option } from '../commands/command.js'
import type { Candidate } from './candidate.js'
import { flagsOf, placeOfCursor, type TypedCommand } from './place-of-cursor.js'
import { wordSources } from './word-sources.js'

const helpAbout = 'Show the help of a command.'

/** The words that may stand at the cursor. `words` stand between the program and the cursor, `current` is what was typed there. */
export const candidatesFor = async (
  words: readonly string[],
  current: string,
  commands: readonly Command[],
): Promise<readonly Candidate[]> => {
  const place = placeOfCursor(words, current, commands)
  const found = await wordsAt(place, commands)
  return found.filter(({ value }) => value.startsWith(current))
}

const wordsAt = async (
  place: ReturnType<typeof placeOfCursor>,
  commands: readonly Command[],
): Promise<readonly Candidate[]> => {
  if (place.at === 'nothing') return []
  if (place.at === 'command') {
    const { path, isHelp, begun } = place
    if (begun.startsWith('-')) return rootOptions
    const help = path.length === 0 && !isHelp ? [{ value: 'help', about: helpAbout }] : []
    return [...commandWords(path, commands), ...help]
  }
  if (place.at === 'option') return optionWords(place.typed)
  const { of, typed, before, begun } = place
  const { completes = 'choices' in of ? of.choices : undefined } = of
  if (completes === undefined) return []
  const found =
    typeof completes === 'string'
      ? await wordSources[completes]({ begun, typed })
      : completes.map((value) => ({ value }))
  return found
    .filter(({ value }) => !typed.words.includes(value))
    .map((each) => ({ ...each, value: `${before}${each.value}` }))
}

const rootOptions: readonly Candidate[] = [
  { value: '--help', about: 'show help' },
  { value: '--version', about: 'output the version number' },
]

/** The next words of the commands that begin with `path`, each once. */
const commandWords = (path: readonly string[], commands: readonly Command[]): readonly Candidate[] => {
  const words = new Map<string, Candidate>()
  for (const { name, about } of commands) {
    const parts = name.split(' ')
    const value = parts[path.length]
    if (value === undefined || !path.every((word, i) => parts[i] === word) || words.has(value)) continue
    words.set(value, parts.length === path.length + 1 ? { value, about } : { value })
  }
  return [...words.values()]
}

/** What was given is not offered again, unless giving it again adds to it. */
const optionWords = ({ command, values }: TypedCommand): readonly Candidate[] => [
  ...command.options
    .map((option) => ({ option, value: flagsOf(option).long }))
    .filter(({ option, value }) => !values.has(value) || isRepeated(option))
    .map(({ option: { about }, value }) => ({ value, about })),
  { value: '--help', about: 'show help' },
]

/** Lists and maps grow, and what counts goes on counting. */
const isRepeated = (option: Option): boolean => {
  const { default: usual } = option
  return typeof usual === 'object' || (typeof usual === 'number' && !flagsOf(option).takesValue)
}
