import { z } from '@prove/core'

/** Kinds of units that may be named with their suffix; a name without one is that of a service. */
const suffix = /\.(service|socket|timer|path|mount|automount|swap|target|slice)$/

const namePattern = /^[\w:.\\][\w:.\\@-]*$/

// A template without an instance is no unit, and one such name would spoil the answer for all others.
const templatePattern = /@(\.[a-z]+)?$/

/** The longest name that systemd takes, with its suffix. */
const longest = 255 - '.service'.length

/** The name of a service, with or without `.service`, or of another unit with its suffix. */
export const serviceName = (about: string): z.ZodType<string, string> =>
  z
    .string()
    .refine(
      (name) => namePattern.test(name) && name.length <= longest,
      'expected the name of a service, such as "nginx"',
    )
    .refine((name) => !templatePattern.test(name), 'a template needs an instance, such as "worker@1"')
    .transform((name) => name.replace(/\.service$/, ''))
    .meta({
      description: about,
      kind: 'name of a service',
      pattern: String.raw`^[\w:.\\][\w:.\\@-]*$`,
      patternErrorMessage: 'Expected the name of a service, such as "nginx".',
    })

/** As systemd names it. */
export const unitOf = (name: string): string => (suffix.test(name) ? name : `${name}.service`)
