import { blocked, defineState, path, z } from '@prove/core'
import { setLine } from './set-line.js'
import { lines } from './setting-lines.js'

/** Keep one setting in a file of lines such as `maxmemory 256mb`. */
export const setting = defineState({
  name: 'acme.setting',
  about: 'Keep one setting in a file of lines with a name and a value.',
  args: {
    path: path('The file; it is made when it is missing, its folder is not.'),
    name: z
      .string()
      .regex(/^[^\s#]\S*$/, 'expected one word')
      .meta({ description: 'The first word of the line.' }),
    value: z
      .union([z.string().regex(/^\S(.*\S)?$/, 'expected one line, without blanks around it'), z.number()])
      .transform(String)
      .meta({ description: 'The rest of the line.' }),
  },

  // What to ask of the target. Nothing is asked here: the engine collects the questions of all states and sends them together.
  reads: (given) => ({ now: lines(given.path, given.name) }),

  // What differs. Only what was read counts, so that a plan says the same as the run that follows it.
  check: (given, { now }) => {
    if (now.file === 'other') return blocked(`"${given.path}" is no regular file`)
    if (now.values.length === 1 && now.values[0] === given.value) return []
    return [{ field: 'value', from: now.values.length === 0 ? null : now.values.join(', '), to: given.value }]
  },

  // What to do about it, as data. Only asked when something differs.
  apply: (given) => [setLine(given.path, given.name, given.value)],
})
