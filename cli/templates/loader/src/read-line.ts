import type { SourceText } from '@prove/core'

/** One line of an outline that says something. */
export interface Line {
  /** Blanks in front. */
  readonly depth: number
  /** The offset of its first letter. */
  readonly at: number
  /** Absent for an item of a list. */
  readonly key: string | undefined
  /** Absent where the lines below it are the value. */
  readonly value: { readonly text: string; readonly at: number } | undefined
}

/** The lines that are neither empty nor a remark. Throws at a tab, which nobody sees. */
export const readLines = (source: SourceText): readonly Line[] =>
  Array.from({ length: source.lineCount }, (_, i) => i).flatMap((i) => {
    const start = source.lineStart(i)
    const text = source.text.slice(start, source.lineStart(i + 1)).trimEnd()
    const depth = text.length - text.trimStart().length
    const said = text.slice(depth)
    if (said === '' || said.startsWith('#')) return []
    const tab = text.slice(0, depth).search(/[^ ]/)
    if (tab >= 0) throw source.error('only spaces may stand in front of a line', start + tab, 'use spaces')
    return [lineOf(said, start + depth, depth)]
  })

const lineOf = (said: string, at: number, depth: number): Line => {
  const [, dash = '', item = ''] = /^(-(?: +|$))(.*)$/.exec(said) ?? []
  if (dash !== '') return { depth, at, key: undefined, value: valueOf(item, at + dash.length) }
  const [, key = said, sign = '', value = ''] = /^(.*?)( += *)(.*)$/.exec(said) ?? []
  return { depth, at, key, value: valueOf(value, at + key.length + sign.length) }
}

const valueOf = (text: string, at: number): Line['value'] => (text === '' ? undefined : { text, at })
