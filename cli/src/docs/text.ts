import type { ArgumentRow } from '@prove/catalog'
import { printable } from '../console/printable.js'
import type { Colors } from '../console/colors.js'
import { wrapped } from '../console/wrapped.js'
import type { FunctionDocs } from './docs.js'

/** Columns that a page fits in, examples apart. */
const width = 80

/** A line for each function; longer ones are wrapped to so many columns. */
export const functionList = (all: readonly FunctionDocs[], colors: Colors, columns: number): string => {
  const column = Math.max(...all.map(({ name }) => name.length)) + 2
  const lines = all.flatMap(({ name, about }) => {
    const [first = '', ...more] = wrapped(printable(about), columns - column)
    return [
      `${colors.bold(name)}${' '.repeat(column - name.length)}${first}`,
      ...more.map((text) => ' '.repeat(column) + text),
    ]
  })
  return `${lines.join('\n')}\n`
}

/** A function as a page for people. */
export const functionText = (docs: FunctionDocs, colors: Colors): string => {
  const { name, about, plugin, details, examples } = docs
  const paragraphs = (details ?? '').split(/\n{2,}/).filter((text) => text.trim() !== '')
  return [
    `${colors.bold(name)}  ${colors.dim(printable(plugin))}`,
    wrapped(printable(about), width).join('\n'),
    ...paragraphs.map((text) => wrapped(printable(text.replaceAll('\n', ' ')), width).join('\n')),
    `${colors.bold('Arguments')}\n${argumentLines(docs, colors).join('\n')}`,
    wrapped('Beside them stand the fields that every state may have: requires, notify, unless, creates, …', width).join(
      '\n',
    ),
    ...examples.flatMap(({ title, states, files = {} }) => [
      colors.bold(printable(title)),
      indented(states),
      ...Object.entries(files).map(([file, text]) => `  ${colors.dim(`files/${file}`)}\n${indented(text)}`),
    ]),
  ]
    .join('\n\n')
    .concat('\n')
}

const argumentLines = (docs: FunctionDocs, colors: Colors): readonly string[] => {
  const rows = docs.arguments
  if (rows.length === 0) return ['  none']
  return rows.flatMap((row) => [
    `  ${colors.bold(row.name)}  ${colors.dim(kindOf(row))}`,
    ...wrapped(printable(row.description), width - 6).map((text) => `      ${text}`),
  ])
}

const kindOf = ({ type, required, main, default: usual }: ArgumentRow): string =>
  [
    type,
    ...(required ? ['required'] : []),
    ...(main ? ['may be given alone'] : []),
    ...(usual === undefined ? [] : [`${usual} unless given`]),
  ].join('; ')

const indented = (text: string): string =>
  printable(text)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `    ${line}`))
    .join('\n')
