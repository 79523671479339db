import { bare, joined, linesOf } from '@prove/core/files'

const pattern = /^\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z_]\w*))\s*=\s*(.*?)\s*$/

/** A line that sets a variable, as cron reads it; undefined for any other. */
const assignment = (line: string): { readonly name: string; readonly value: string } | undefined => {
  const [, double, single, plain, value = ''] = pattern.exec(bare(line)) ?? []
  const name = double ?? single ?? plain
  if (name === undefined) return undefined
  const quoted = /^(["'])(.*)\1$/.exec(value)
  return { name, value: quoted?.[2] ?? value }
}

const indexOf = (lines: readonly string[], name: string): number =>
  lines.findIndex((line) => assignment(line)?.name === name)

/** What the first line that sets the variable sets it to. */
export const variableIn = (text: string, name: string): string | undefined => {
  const lines = linesOf(text)
  return assignment(lines[indexOf(lines, name)] ?? '')?.value
}

/** A value between the quotes that it lets stand around it; cron knows no way to write both kinds. */
export const quotedValue = (value: string): string => {
  if (value !== '' && value.trim() === value && !/^["']/.test(value)) return value
  return value.includes('"') ? `'${value}'` : `"${value}"`
}

/** The text with the variable set, in the first line that sets it or in one on top, where it is for all jobs. */
export const withVariable = (text: string, name: string, value: string): string => {
  const lines = linesOf(text)
  const at = indexOf(lines, name)
  if (assignment(lines[at] ?? '')?.value === value) return text
  const line = `${name}=${quotedValue(value)}\n`
  return joined(at < 0 ? [line, ...lines] : [...lines.slice(0, at), line, ...lines.slice(at + 1)])
}

/** The text without any line that sets it. */
export const withoutVariable = (text: string, name: string): string =>
  linesOf(text)
    .filter((line) => assignment(line)?.name !== name)
    .join('')
