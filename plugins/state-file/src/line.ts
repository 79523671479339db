import { z, type StateFunction } from '@prove/core'
import { defineEdit } from '@prove/core/files'
import { lineExamples } from './edit-examples.js'
import { inserted, linesOf, textOf } from './lines.js'
import { matching, placeFor, positionArguments, positionConflict } from './position.js'
import { regex } from './regex.js'

/** Keep a line in a file. */
export const line: StateFunction = defineEdit({
  name: 'file.line',
  about: 'Keep a line in a file, or keep it out.',
  details: `With \`regex\` the line that it matches is replaced; where it matches none and the line is not there yet, it is put where \`insert_after\`,
\`insert_before\` or \`insert_at\` say. A line to go by that is not there is an error. Everything else of the file stays as it is, byte for byte: CRLF, what is no UTF-8, and a last line
without an end.

With \`backrefs\`, \`$1\`, \`$2\`, … and \`$<name>\` in the line stand for what the groups of \`regex\` matched, \`$$\` for a dollar; where it matches no line nothing is done. With \`absent\` every line that \`regex\` matches, or that is the
line, is removed.`,
  args: {
    line: z
      .string()
      .refine((text) => !/[\r\n]/.test(text), 'expected one line; file.block keeps several')
      .optional()
      .meta({ description: 'The line, without its end.' }),
    regex: regex('The line to replace, or to remove.').optional(),
    backrefs: z.boolean().optional().meta({ description: 'Groups of the regular expression may be used in the line.' }),
    absent: z.boolean().optional().meta({ description: 'Remove the line.' }),
    ...positionArguments,
  },
  examples: lineExamples,

  conflict: ({ line: wanted, regex: source, absent, backrefs, ...position }) => {
    if (wanted === undefined && (absent !== true || source === undefined)) {
      return absent === true ? 'one of "line" and "regex" must say what to remove' : '"line" is missing'
    }
    if (backrefs === true && source === undefined) return '"backrefs" needs a "regex"'
    if (absent === true && backrefs === true) return '"absent" and "backrefs" exclude each other'
    return positionConflict(position)
  },

  edit: ({ line: wanted = '', regex: source, absent, backrefs, ...position }, text) => {
    const lines = linesOf(text)
    if (absent === true) {
      const isMeant =
        source === undefined ? (each: string) => each === wanted : (each: string) => new RegExp(source).test(each)
      return textOf(lines.filter((each) => !isMeant(each.text)))
    }
    const found = source === undefined ? -1 : matching(lines, source, position.which)
    const old = lines[found]
    if (source !== undefined && old !== undefined) {
      const fresh = backrefs === true ? old.text.replace(new RegExp(source), wanted) : wanted
      return textOf(lines.with(found, { ...old, text: fresh }))
    }
    if (backrefs === true || lines.some((each) => each.text === wanted)) return text
    const place = placeFor(lines, position)
    return typeof place === 'number' ? textOf(inserted(lines, place, [wanted])) : place
  },
})
