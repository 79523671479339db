import { z } from '@prove/core'

const word = z.string().regex(/^[A-Za-z][\w-]*$/, 'expected a name such as "Service" or "ExecStart"')

/** One line: a break, or a backslash that leads over it, would begin another setting. */
export const isOneLine = (text: string): boolean => !/[\n\r\0]/.test(text) && !text.endsWith('\\')

const scalar = z.union([z.boolean(), z.number(), z.string().refine(isOneLine, 'expected a single line')])

/** Sections of a unit with their settings; a list sets one several times. */
export const unitSections = z.record(word, z.record(word, z.union([scalar, z.array(scalar)])))

export type UnitSections = z.output<typeof unitSections>

const shown = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}`

/** A unit file of these sections, in their order. */
export const unitText = (sections: UnitSections): string =>
  Object.entries(sections)
    .map(([section, settings]) => {
      const lines = Object.entries(settings).flatMap(([key, value]) =>
        (Array.isArray(value) ? value : [value]).map((each) => `${key}=${shown(each)}`),
      )
      return [`[${section}]`, ...lines, ''].join('\n')
    })
    .join('\n')

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '%': '%%',
  $: '$$',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** One word of a command line in a unit: neither a variable nor a specifier is filled in. */
const unitWord = (text: string): string =>
  `"${text.replaceAll(/[\\"%$\n\r\t]/g, (character) => escapes[character] ?? '')}"`

/** A command line for `ExecStart=`: text is for a shell; of words no shell sees anything. */
export const commandText = (command: string | readonly string[]): string => {
  const [program = '', ...words] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command
  // A program is no word like others: a variable in it is not filled in, and so a dollar is not doubled.
  return [`"${program.replaceAll(/[\\"%]/g, (character) => escapes[character] ?? '')}"`, ...words.map(unitWord)].join(
    ' ',
  )
}
