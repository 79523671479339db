import { blocked, z, type StateFunction } from '@prove/core'
import { defineEdit } from '@prove/core/files'
import { replaceExamples } from './edit-examples.js'
import { regex } from './regex.js'

interface Replacement {
  readonly regex: string
  readonly replacement: string
  readonly count?: number | undefined
  readonly ignore_case?: boolean | undefined
}

/** What stands in place of one match: `$$`, `$&`, groups by number and by name; any other dollar is a dollar. */
const expanded = (template: string, found: RegExpMatchArray): string =>
  template.replaceAll(/\$(?:\$|&|(\d{1,2})|<([^>]+)>)/g, (whole: string, number?: string, name?: string) => {
    if (whole === '$$') return '$'
    if (whole === '$&') return found[0] ?? ''
    if (name !== undefined) return found.groups?.[name] ?? ''
    return Number(number) > 0 && Number(number) < found.length ? (found[Number(number)] ?? '') : whole
  })

const replaced = (
  text: string,
  { regex: source, replacement: fresh, count, ignore_case: ignoreCase }: Replacement,
): string => {
  const matches = [...text.matchAll(new RegExp(source, ignoreCase === true ? 'gim' : 'gm'))]
  let result = ''
  let at = 0
  for (const found of matches.slice(0, count)) {
    result += text.slice(at, found.index) + expanded(fresh, found)
    at = found.index + found[0].length
  }
  return result + text.slice(at)
}

/** Keep a text of a file replaced by another. */
export const replace: StateFunction = defineEdit({
  name: 'file.replace',
  about: 'Keep what a regular expression matches replaced by another text.',
  details: `The expression is one of JavaScript; \`^\` and \`$\` match at every line, and it may match over several lines. In \`replacement\`, \`$1\`, \`$2\`, … and \`$<name>\` stand for what groups matched, \`$&\` for all of it, \`$$\` for a
dollar. Where it matches nothing, nothing is done.

A replacement that would be made anew in every run, such as of \`a\` by \`aa\`, is an error, and so is a \`count\` that leaves places for the next run.`,
  args: {
    regex: regex('What to replace.'),
    replacement: z.string().meta({ description: 'What to put in its place.' }),
    count: z.int().positive().optional().meta({ description: 'Places to replace, from the first; unless given, all.' }),
    ignore_case: z.boolean().optional().meta({ description: 'Capital and small letters are the same.' }),
  },
  examples: replaceExamples,

  edit: (given, text) => {
    const fresh = replaced(text, given)
    if (replaced(fresh, given) === fresh) return fresh
    return blocked(
      `it would replace something in every run: what is put in its place is matched by "${given.regex}" again`,
    )
  },
})
