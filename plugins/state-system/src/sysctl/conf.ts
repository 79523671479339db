import { bare, joined, linesOf } from '@prove/core/files'
import { canonicalKey, plainValue } from './key.js'

interface Setting {
  readonly key: string
  readonly value: string
  /** A minus before the name: an error is passed over. */
  readonly isLenient: boolean
}

const parse = (line: string): Setting | undefined => {
  const [, minus, name, value] = /^\s*(-?)\s*([^\s#;=]+)\s*=\s*(.*?)\s*$/.exec(bare(line)) ?? []
  if (name === undefined || value === undefined) return undefined
  return { key: canonicalKey(name), value, isLenient: minus === '-' }
}

const isOf = (line: string, name: string): boolean => parse(line)?.key === canonicalKey(name)

/** What the file sets it to: the last line counts. */
export const settingIn = (text: string, name: string): string | undefined =>
  linesOf(text)
    .flatMap((line) => (isOf(line, name) ? [parse(line)?.value ?? ''] : []))
    .at(-1)

/** The text with the setting in the last line that has it, or at the end. No other byte changes. */
export const withSetting = (text: string, name: string, value: string): string => {
  const lines = linesOf(text)
  const at = lines.findLastIndex((line) => isOf(line, name))
  const old = lines[at]
  if (old === undefined) return joined([...lines, `${name} = ${value}\n`])
  if (plainValue(parse(old)?.value ?? '') === plainValue(value)) return text
  const head = /^[^=]*=[ \t]*/.exec(old)?.[0] ?? ''
  return joined([...lines.slice(0, at), `${head}${value}${old.slice(bare(old).length)}`, ...lines.slice(at + 1)])
}

/** The text without any line that sets it. */
export const withoutSetting = (text: string, name: string): string =>
  linesOf(text)
    .filter((line) => !isOf(line, name))
    .join('')
