import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { type Args, z } from '@prove/core'
import type { Subject } from './reads/x509.js'

/** With letters beyond ASCII a name of a host is written as certificates have it. */
const hostName = (text: string): string => {
  const [star, rest] = text.startsWith('*.') ? ['*.', text.slice(2)] : ['', text]
  const name = /^[\w.-]+$/.test(rest) ? rest.toLowerCase() : domainToASCII(rest)
  return name === '' ? '' : `${star}${name}`
}

const hostPattern = /^(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/

/** As in certificates, with its kind in front; undefined for what is no name. */
export const alternativeName = (text: string): string | undefined => {
  // These would mean something in the configuration of openssl.
  // eslint-disable-next-line no-control-regex
  if (/[\s"'\\#$`,;\u0000-\u001f\u007f]/.test(text)) return undefined
  if (isIP(text) === 4) return `IP:${text}`
  if (isIP(text) === 6)
    return text.includes('%') ? undefined : `IP:${new URL(`http://[${text}]`).hostname.slice(1, -1)}`
  if (/^[a-z][a-z0-9+.-]*:\/\/[\u0021-\u007e]+$/i.test(text)) return `URI:${text}`
  if (/^[\u0021-\u007e]+@[\w.-]+$/.test(text)) return `email:${text}`
  const name = hostName(text)
  return hostPattern.test(name) && name.length <= 253 ? `DNS:${name}` : undefined
}

const name = z
  .string()
  .refine(
    (text) => alternativeName(text) !== undefined,
    'expected the name of a host, an address, an e-mail address or a URI',
  )

/** The value of a field of a subject. */
const field = (about: string, most = 64): z.ZodOptional<z.ZodString> =>
  z
    .string()
    .min(1)
    .max(most)
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'expected a text without line breaks')
    .optional()
    .meta({ description: about })

const subjectFields = {
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected two letters, such as "AT"')
    .optional()
    .meta({ description: 'Two letters.' }),
  state: field('A state or province.', 128),
  locality: field('A town.', 128),
  organization: field('A company or the like.'),
  organizational_unit: field('A part of it.'),
  common_name: field('What it is called.'),
  email: field('An address for questions.', 128),
}

type SubjectFields = Args<typeof subjectFields>

/** In the order in which they are written. */
const shortNames: readonly (readonly [name: keyof SubjectFields, short: string])[] = [
  ['country', 'C'],
  ['state', 'ST'],
  ['locality', 'L'],
  ['organization', 'O'],
  ['organizational_unit', 'OU'],
  ['common_name', 'CN'],
  ['email', 'emailAddress'],
]

/** The fields of a subject. */
export const subjectArgument = (about: string): z.ZodType<SubjectFields> =>
  z
    .strictObject(subjectFields)
    .refine((fields) => Object.keys(fields).length > 0, 'expected at least one field')
    .meta({ description: about })

/** Whom a certificate is for. */
export const namingArguments = {
  names: z
    .union([name, z.array(name).min(1)])
    .optional()
    .meta({ description: 'The names it is good for: of hosts, addresses, e-mail addresses, URIs.' }),
  subject: subjectArgument('Fields of its subject; unless given, the first name as `common_name`.').optional(),
}

type Naming = Partial<Args<typeof namingArguments>>

const listed = ({ names }: Naming): readonly string[] => (names === undefined ? [] : [names].flat())

/** The alternative names, as in certificates. */
export const namesOf = (given: Naming): readonly string[] => [
  ...new Set(listed(given).map((text) => alternativeName(text) ?? '')),
]

/** Its subject. */
export const subjectOf = (given: Naming): Subject => {
  const [first] = namesOf(given)
  const fields = given.subject ?? (first === undefined ? {} : { common_name: first.slice(first.indexOf(':') + 1) })
  return shortNames.flatMap(([long, short]) => {
    const value = fields[long]
    return value === undefined ? [] : [[short, value] as const]
  })
}

/** What is wrong with them. */
export const namingConflict = (given: Naming): string | undefined => {
  if (given.names === undefined && given.subject === undefined) return '"names" or "subject" is needed'
  const isLong = subjectOf(given).some(([short, value]) => short === 'CN' && value.length > 64)
  return isLong ? 'the first of "names" is longer than the 64 characters of a common name: give a "subject"' : undefined
}

/** A subject in one line. */
export const subjectText = (fields: Subject): string => fields.map(([short, value]) => `${short}=${value}`).join(', ')

/** As openssl takes it on its command line. */
export const subjectWord = (fields: Subject): string =>
  fields.length === 0
    ? '/'
    : fields.map(([short, value]) => `/${short}=${value.replaceAll(/[\\/+]/g, String.raw`\$&`)}`).join('')

/** A section of the configuration of openssl with the names; empty where there are none. */
export const namesSection = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [
        '[names]',
        ...names.map(
          (text, i) => `${text.slice(0, text.indexOf(':'))}.${i + 1} = ${text.slice(text.indexOf(':') + 1)}`,
        ),
      ]

/** Names to show, without their kinds. */
export const namesText = (names: readonly string[]): string =>
  names.map((text) => text.slice(text.indexOf(':') + 1)).join(', ')
