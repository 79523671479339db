import { isMap, isSecret } from '@prove/core'

/** What may be told of a state whose content is secret: where it goes and how it lies there, nothing that is in it. */
const aboutThePlace: ReadonlySet<string> = new Set([
  'absent',
  'backup',
  'break_hard_link',
  'create',
  'create_parents',
  'directory_mode',
  'drop_in',
  'enabled',
  'file_mode',
  'group',
  'mode',
  'name',
  'owner',
  'path',
  'replace_link',
  'secret',
])

/** Arguments as they may be shown: what is secret is not, nor its hash, which tells a short one. */
export const shownArguments = (
  args: Readonly<Record<string, unknown>>,
  schemas: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => {
  const isHidden = (name: string): boolean =>
    isSecret(schemas[name]) || (args['secret'] === true && !aboutThePlace.has(name))
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, isHidden(name) ? 'secret' : withoutCredentials(value)]),
  )
}

const withoutCredentials = (value: unknown): unknown => {
  if (typeof value === 'string') return shownAddress(value)
  if (Array.isArray(value)) return value.map(withoutCredentials)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutCredentials(each)]))
}

/** A user alone is often a token on the web, and what follows a question mark a key; the user of ssh says where. */
const shownAddress = (text: string): string => {
  const [, scheme, user, rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)(?:([^/?#\s]*)@)?(\S*)$/i.exec(text) ?? []
  if (scheme === undefined) return text
  const isWeb = /^https?:/i.test(scheme)
  const isShown = user === undefined || (!isWeb && !user.includes(':'))
  const before = user === undefined ? '' : isShown ? `${user}@` : 'secret@'
  return `${scheme}${before}${isWeb ? rest.replace(/\?[^#]+/, '?secret') : rest}`
}
