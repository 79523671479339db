import { z, type StateFunction } from '@prove/core'
import { defineEdit } from '@prove/core/files'
import { inserted, type Line, linesOf, textOf } from '../lines.js'
import { iniExamples } from './value-examples.js'

const header = /^\s*\[([^\]]*)\]\s*(?:[;#].*)?$/
const comment = /^\s*[;#]/
const setting = /^(\s*)([^=:\s][^=:]*?)(\s*[=:]\s*|\s*$)(.*)$/

/** A setting: the lines from `first` up to `end`, of which those after the first only go on with its value. */
interface Setting {
  readonly first: number
  readonly end: number
  readonly indent: string
  readonly separator: string
  readonly value: string
}

interface Section {
  /** The line of the header; -1 for what stands above all of them. */
  readonly header: number
  /** Behind its last line. */
  readonly end: number
}

/** The sections of that name: several of them are one to most programs. */
const sectionsOf = (lines: readonly Line[], name: string | undefined): readonly Section[] => {
  const headers = lines.flatMap(({ text }, i) => {
    const found = header.exec(text)?.[1]
    return found === undefined ? [] : [{ name: found.trim(), at: i }]
  })
  const all = [{ name: undefined, at: -1 }, ...headers]
  return all.flatMap((each, i) =>
    each.name === name ? [{ header: each.at, end: all[i + 1]?.at ?? lines.length }] : [],
  )
}

const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0

const settingsOf = (lines: readonly Line[], section: Section, key: string): readonly Setting[] => {
  const found: Setting[] = []
  for (let i = section.header + 1; i < section.end; i++) {
    const text = lines[i]?.text ?? ''
    const [, indent = '', name, separator = '', value = ''] = comment.test(text) ? [] : (setting.exec(text) ?? [])
    if (name === undefined) continue
    let end = i + 1
    const goesOn = (next: string): boolean =>
      next.trim() !== '' && !comment.test(next) && indentOf(next) > indent.length
    while (end < section.end && goesOn(lines[end]?.text ?? '')) end += 1
    const more = lines.slice(i + 1, end).map((line) => line.text.trim())
    if (name === key) found.push({ first: i, end, indent, separator, value: [value.trim(), ...more].join('\n') })
    i = end - 1
  }
  return found
}

/** How settings of the file are written: ` = ` where there is none to go by. */
const separatorOf = (lines: readonly Line[]): string => {
  const first = lines.find(({ text }) => !comment.test(text) && /^[^=:[]+[=:]/.test(text))
  return (first === undefined ? undefined : setting.exec(first.text)?.[3]) ?? ' = '
}

/** Behind the last line of a section that holds something. */
const lastLineOf = (lines: readonly Line[], { header: at, end }: Section): number => {
  const held = lines.slice(at + 1, end).findLastIndex(({ text }) => text.trim() !== '' && !comment.test(text))
  return at + 1 + held + 1
}

/** Keep a setting in an ini file. */
export const ini: StateFunction = defineEdit({
  name: 'ini.value',
  about: 'Keep a setting in an ini file.',
  details: `Without \`section\` the setting is one above all sections. It is replaced where it stands, and written as it was: with or without spaces, with \`=\` or \`:\`. A new one goes to the end of its section, and a
section that is missing to the end of the file. Lines that are indented deeper than their setting go on with its value. Of several settings of one name the last counts, and is kept.

With \`absent\` and without \`key\` the whole section is removed.`,
  args: {
    section: z
      .string()
      .regex(/^[^\]\r\n]+$/, 'expected a name without "]"')
      .optional()
      .meta({ description: 'The section, without its brackets.' }),
    key: z
      .string()
      .regex(/^[^=:\s[;#][^=:\r\n]*(?<!\s)$/, 'expected a name without "=" and ":"')
      .optional()
      .meta({ description: 'The name of the setting.' }),
    value: z
      .union([z.string(), z.number(), z.boolean()])
      .transform(String)
      .optional()
      .meta({ description: 'Its value, in one line.', kind: 'text or number' }),
    absent: z.boolean().optional().meta({ description: 'Remove the setting, or the section.' }),
  },
  examples: iniExamples,

  conflict: ({ section, key, value, absent }) => {
    if (absent === true) {
      if (value !== undefined) return '"value" and "absent" exclude each other'
      return key === undefined && section === undefined
        ? 'one of "key" and "section" must say what to remove'
        : undefined
    }
    if (key === undefined) return '"key" is missing'
    if (value === undefined) return '"value" is missing'
    return /[\r\n]/.test(value) ? 'a value is one line' : undefined
  },

  edit: ({ section: name, key, value = '', absent }, text) => {
    const lines = linesOf(text)
    const sections = sectionsOf(lines, name)
    if (key === undefined)
      return textOf(
        without(
          lines,
          sections.map(({ header: at, end }) => [at, end] as const),
        ),
      )
    const found = sections.flatMap((section) => settingsOf(lines, section, key))
    if (absent === true)
      return textOf(
        without(
          lines,
          found.map(({ first, end }) => [first, end] as const),
        ),
      )
    const old = found.at(-1)
    if (old !== undefined) {
      if (old.value === value.trim()) return text
      const separator = /[=:]/.test(old.separator) ? old.separator : separatorOf(lines)
      const fresh = `${old.indent}${key}${value === '' ? separator.trimEnd() : spaced(separator)}${value}`
      const last = lines[old.end - 1]
      return textOf(lines.toSpliced(old.first, old.end - old.first, { text: fresh, end: last?.end ?? '\n' }))
    }
    const line = `${key}${spaced(separatorOf(lines))}${value}`.trimEnd()
    const last = sections.at(-1)
    if (last !== undefined) return textOf(inserted(lines, lastLineOf(lines, last), [line]))
    const gap = lines.length > 0 && lines.at(-1)?.text.trim() !== '' ? [''] : []
    return textOf(inserted(lines, lines.length, [...gap, `[${name ?? ''}]`, line]))
  },
})

/** As before the sign, so behind it: a setting without a value may have lost the space there. */
const spaced = (separator: string): string => (/^\s+[=:]$/.test(separator) ? `${separator} ` : separator)

const without = (lines: readonly Line[], ranges: readonly (readonly [number, number])[]): readonly Line[] =>
  lines.filter((_line, i) => !ranges.some(([first, end]) => i >= first && i < end))
