import { blocked, z, type StateFunction } from '@prove/core'
import { defineEdit } from '@prove/core/files'
import { inserted, linesOf, textOf } from '../lines.js'
import { envExamples } from './value-examples.js'

const assignment = /^(\s*(?:export\s+)?)([A-Za-z_]\w*)=(.*)$/

/** What a shell would see, as far as it is written plainly. */
const meant = (written: string): string => {
  const text = written.trim()
  const single = /^'([^']*)'$/.exec(text)
  if (single !== null) return single[1] ?? ''
  const double = /^"((?:[^"\\]|\\[^])*)"$/.exec(text)
  if (double !== null) return (double[1] ?? '').replaceAll(/\\(["\\$`])/g, '$1')
  return text
}

const isPlain = (value: string): boolean => /^[\w@%+=:,./-]*$/.test(value)

/** In quotes where a shell, or what reads such files like one, would see something else without. */
const written = (value: string): string => {
  if (isPlain(value)) return value
  return value.includes("'") ? `"${value.replaceAll(/["\\$`]/g, String.raw`\$&`)}"` : `'${value}'`
}

/** Keep a variable in a file of environment variables. */
export const env: StateFunction = defineEdit({
  name: 'env.value',
  about: 'Keep a variable in a file such as /etc/environment or .env.',
  details: `The line \`NAME=value\` is replaced where it is, with \`export\` before it if it had that, and added at the end otherwise. A value in quotes and the same one without are equal; where quotes are needed they are
written. Of several lines with the name the last counts, and is kept.`,
  args: {
    key: z
      .string()
      .regex(/^[A-Za-z_]\w*$/, 'expected letters, digits and underscores')
      .meta({ description: 'The name of the variable.' }),
    value: z
      .union([z.string(), z.number(), z.boolean()])
      .transform(String)
      .optional()
      .meta({ description: 'Its value, in one line.', kind: 'text or number' }),
    absent: z.boolean().optional().meta({ description: 'Remove the variable.' }),
  },
  examples: envExamples,

  conflict: ({ value, absent }) => {
    if (value === undefined && absent !== true) return '"value" is missing'
    if (value !== undefined && absent === true) return '"value" and "absent" exclude each other'
    return value !== undefined && /[\r\n\0]/.test(value) ? 'a variable is one line' : undefined
  },

  edit: ({ key, value = '', absent }, text) => {
    const lines = linesOf(text)
    const isKey = (line: string): boolean => assignment.exec(line)?.[2] === key
    if (absent === true) return textOf(lines.filter((line) => !isKey(line.text)))
    const at = lines.findLastIndex((line) => isKey(line.text))
    const old = lines[at]
    if (old === undefined) return textOf(inserted(lines, lines.length, [`${key}=${written(value)}`]))
    const [, before = '', , now = ''] = assignment.exec(old.text) ?? []
    if (/^\s*(["'])(?!.*\1\s*$)/.test(now)) return blocked(`line ${at + 1} begins a text that does not end in it`)
    return meant(now) === value ? text : textOf(lines.with(at, { ...old, text: `${before}${key}=${written(value)}` }))
  },
})
