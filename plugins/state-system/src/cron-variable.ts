import { defineState, z } from '@prove/core'
import { pathOf, pieceOf, placeArguments, placeDiffers, placeReads, placeSteps, type SeenPlace } from './cron/place.js'
import { quotedValue, variableIn, withoutVariable, withVariable } from './cron/variables.js'
import { cronVariableExamples } from './examples.js'
import type { Edit } from './kept-file.js'

interface Variable {
  readonly name: string
  readonly value?: string | undefined
  readonly absent?: boolean | undefined
}

const editOf =
  ({ name, value = '', absent }: Variable): Edit =>
  (text, own) =>
    absent === true ? withoutVariable(text, name) : withVariable(text, name, own(value))

/** Keep a variable for all jobs of a crontab. */
export const cronVariable = defineState({
  name: 'cron.variable',
  about: 'Keep a variable for the jobs of a crontab or of a file of /etc/cron.d: MAILTO, PATH.',
  details: `The first line that sets it is kept; a new one comes on top, so that it is for all jobs. Of a variable that is to be
absent no line is left.`,
  main: 'name',
  args: {
    name: z
      .string()
      .regex(/^[A-Za-z_]\w*$/, 'expected the name of a variable')
      .meta({ description: 'The variable.' }),
    value: z
      .string()
      .regex(/^[^\n\r\0]*$/, 'expected one line')
      .optional()
      .meta({ description: 'Its value, without quotes.' }),
    ...placeArguments,
    absent: z.boolean().optional().meta({ description: 'Remove the variable.' }),
  },
  examples: cronVariableExamples,

  edits: pathOf,
  conflict: ({ value, absent }) => {
    if (absent === true) return undefined
    if (value === undefined) return 'a variable needs a "value"'
    return /'.*"|".*'/.test(value) && quotedValue(value) !== value ? 'cron has no way to write this value' : undefined
  },

  reads: (given) => placeReads(given),

  check: (given, seen: SeenPlace) => {
    const found = placeDiffers(given, seen, editOf(given))
    if (typeof found !== 'boolean') return found
    const from = pieceOf(seen, (text) => variableIn(text, given.name))
    return found ? [{ field: given.name, from, to: given.absent === true ? null : (given.value ?? '') }] : []
  },

  apply: (given, seen) => placeSteps(given, seen, editOf(given)),
})
