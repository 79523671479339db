import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { knownErrors, type Place, type ProveError, withoutCredentials } from '@prove/core'
import type { Colors } from './colors.js'
import { printable } from './printable.js'

/** The text for a thrown value: known errors with code, place, frame and hint; unknown ones with their stack. */
export const errorText = (thrown: unknown, colors: Colors): string => {
  const known = knownErrors(thrown)
  if (known.length === 0) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return `${colors.red('unexpected error')}: ${printable(text)}\n`
  }
  return errorsText(known, colors)
}

/** Known errors, and how many they are. */
export const errorsText = (errors: readonly ProveError[], colors: Colors): string => {
  const lines = new FileLines()
  const blocks = errors.map((error) => block(error, lines, colors))
  const total = errors.length > 1 ? [`${colors.bold(String(errors.length))} errors`] : []
  return `${[...blocks, ...total].join('\n\n')}\n`
}

const block = (error: ProveError, lines: FileLines, colors: Colors): string => {
  const { code, place, includedFrom, targets } = error
  const message = printable(error.message)
  const hint = error.hint === undefined ? undefined : printable(error.hint)
  // Further lines of a message are a frame of their own: what is not in a file, such as an expression.
  const [sentence, ...rest] = message.split('\n')
  return [
    `${colors.red('error')} ${sentence}  ${colors.dim(code)}`,
    ...rest,
    ...(place === undefined ? [] : [`  ${colors.cyan(shownPlace(place))}`, ...frame(error, place, lines, colors)]),
    ...chainLines(
      includedFrom.filter((from) => place === undefined || shownPlace(from) !== shownPlace(place)).map(shownPlace),
      colors,
    ),
    ...(targets.length === 0 ? [] : [`  ${colors.dim('on')} ${printable(someOf(targets))}`]),
    ...(hint === undefined ? [] : [`  ${colors.yellow('hint')} ${hint}`]),
  ].join('\n')
}

/** `file:line:column`, from where Prove was started. */
export const shownPlace = ({ file, line, column }: Place): string =>
  printable(`${relative(process.cwd(), file) || file}:${line}:${column}`)

/** Where the file was included; a place that comes again and again is told once. */
const chainLines = (places: readonly string[], colors: Colors): readonly string[] =>
  [...new Set(places)].map((place) => {
    const times = places.filter((each) => each === place).length
    return `  ${colors.dim('included at')} ${place}${times === 1 ? '' : ` ${times} times`}`
  })

const someOf = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`

/** The lines of files, each read once, however many errors it holds. */
class FileLines {
  readonly #known = new Map<string, readonly string[]>()

  /** Undefined where there is no such line, or no such file. */
  line(file: string, line: number): string | undefined {
    const known = this.#known.get(file) ?? linesOf(file)
    this.#known.set(file, known)
    return known[line - 1]
  }
}

const linesOf = (file: string): readonly string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** Characters of a line that are shown. */
const frameWidth = 160

/** A password that is written where no schema could mark it, such as in an option that does not exist; a template is none. */
const clearPassword = /pass(?:word|phrase|wd)["']?\s*[:=]\s*["']?(?!\{\{|\{%)[^\s"'{[]/i

/** The line with a caret under the column; of a long line what lies around it. */
const frame = ({ isSecretLine }: ProveError, place: Place, lines: FileLines, colors: Colors): readonly string[] => {
  const { file, line, column: at } = place
  const written = lines.line(file, line)
  if (written === undefined) return []
  if (isSecretLine || clearPassword.test(written)) {
    return [`  ${colors.dim(`${line} | not shown: a secret stands in this line`)}`]
  }
  const whole = withoutCredentials(written)
  const column = at + withoutCredentials(written.slice(0, at - 1)).length - (at - 1)
  const cut = column <= frameWidth ? 0 : column - frameWidth / 2
  // A tab is one character to the caret, and must be to the eye.
  const text = whole
    .trimEnd()
    .slice(cut, cut + frameWidth)
    .replaceAll(/\p{Cc}/gu, ' ')
  const number = String(line)
  const gutter = ' '.repeat(number.length)
  return [
    `  ${colors.dim(`${number} |`)} ${cut === 0 ? '' : '…'}${text}`,
    `  ${colors.dim(`${gutter} |`)} ${' '.repeat(Math.max(0, column - 1 - cut + (cut === 0 ? 0 : 1)))}${colors.red('^')}`,
  ]
}
