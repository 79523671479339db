import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { knownErrors, type Place, type ProveError } from '@prove/core'
import type { Colors } from './colors.js'

/** The text for a thrown value: known errors with code, place, frame and hint; unknown ones with their stack. */
export const errorText = (thrown: unknown, colors: Colors): string => {
  const known = knownErrors(thrown)
  if (known.length === 0) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return `${colors.red('unexpected error')}: ${text}\n`
  }
  return errorsText(known, colors)
}

/** Known errors, and how many they are. */
export const errorsText = (errors: readonly ProveError[], colors: Colors): string => {
  const blocks = errors.map((error) => block(error, colors))
  const total = errors.length > 1 ? [`${colors.bold(String(errors.length))} errors`] : []
  return `${[...blocks, ...total].join('\n\n')}\n`
}

const block = ({ code, message, place, hint, includedFrom, targets }: ProveError, colors: Colors): string => {
  // Further lines of a message are a frame of their own: what is not in a file, such as an expression.
  const [sentence, ...rest] = message.split('\n')
  return [
    `${colors.red('error')} ${sentence}  ${colors.dim(code)}`,
    ...rest,
    ...(place === undefined ? [] : [`  ${colors.cyan(shownPlace(place))}`, ...frame(place, colors)]),
    ...chainLines(
      includedFrom.filter((from) => place === undefined || shownPlace(from) !== shownPlace(place)).map(shownPlace),
      colors,
    ),
    ...(targets.length === 0 ? [] : [`  ${colors.dim('on')} ${someOf(targets)}`]),
    ...(hint === undefined ? [] : [`  ${colors.yellow('hint')} ${hint}`]),
  ].join('\n')
}

/** `file:line:column`, from where Prove was started. */
export const shownPlace = ({ file, line, column }: Place): string =>
  `${relative(process.cwd(), file) || file}:${line}:${column}`

/** Where the file was included; a place that comes again and again is told once. */
const chainLines = (places: readonly string[], colors: Colors): readonly string[] =>
  [...new Set(places)].map((place) => {
    const times = places.filter((each) => each === place).length
    return `  ${colors.dim('included at')} ${place}${times === 1 ? '' : ` ${times} times`}`
  })

const someOf = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`

/** The line with a caret under the column. */
const frame = ({ file, line, column }: Place, colors: Colors): readonly string[] => {
  let lines: readonly string[]
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
  const text = lines[line - 1]
  if (text === undefined) return []
  const number = String(line)
  const gutter = ' '.repeat(number.length)
  return [
    `  ${colors.dim(`${number} |`)} ${text.slice(0, 160)}`,
    `  ${colors.dim(`${gutter} |`)} ${' '.repeat(Math.max(0, column - 1))}${colors.red('^')}`,
  ]
}
