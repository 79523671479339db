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
  const blocks = known.map((error) => block(error, colors))
  const total = known.length > 1 ? [`${colors.bold(String(known.length))} errors`] : []
  return `${[...blocks, ...total].join('\n\n')}\n`
}

const block = ({ code, message, place, hint }: ProveError, colors: Colors): string =>
  [
    `${colors.red('error')} ${message}  ${colors.dim(code)}`,
    ...(place === undefined
      ? []
      : [
          `  ${colors.cyan(`${relative(process.cwd(), place.file) || place.file}:${place.line}:${place.column}`)}`,
          ...frame(place, colors),
        ]),
    ...(hint === undefined ? [] : [`  ${colors.yellow('hint')} ${hint}`]),
  ].join('\n')

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
