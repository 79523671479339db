import { z } from '@prove/core'

const pattern = String.raw`^[\w:.\\][\w:.\\@-]*\.(service|socket|timer|path|mount|automount|swap|target|slice)$`

/** The longest name of a file. */
const longest = 255

/** The whole name of a unit, which may be a template. */
export const unitName = (about: string): z.ZodType<string, string> =>
  z
    .string()
    .refine(
      (name) => new RegExp(pattern).test(name) && name.length <= longest,
      'expected the name of a unit with its suffix, such as "app.service"',
    )
    .meta({
      description: about,
      kind: 'name of a unit',
      pattern,
      patternErrorMessage: 'Expected the name of a unit with its suffix, such as "app.service".',
    })

const dropInPattern = String.raw`^\w[\w.@-]*$`

/** The name of a drop-in, with or without `.conf`. */
export const dropInName = (about: string): z.ZodType<string, string> =>
  z
    .string()
    .refine(
      (name) => new RegExp(dropInPattern).test(name) && name.length < longest - '.conf'.length,
      'expected the name of a file, such as "limits"',
    )
    .transform((name) => (name.endsWith('.conf') ? name : `${name}.conf`))
    .meta({
      description: about,
      kind: 'name of a file',
      pattern: dropInPattern,
      patternErrorMessage: 'Expected the name of a file, such as "limits".',
    })

/** Where whoever administers a host keeps units of their own. */
export const unitFolder = '/etc/systemd/system'

export const isTemplate = (name: string): boolean => name.includes('@.')

/** What matches the unit, or all instances of a template. */
export const unitPattern = (name: string): string => name.replace('@.', '@*.')
