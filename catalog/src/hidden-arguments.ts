import { isSecret, nearest } from '@prove/core'

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

/** Whether an argument may not be shown: one that its function marks, every one that tells a secret content, and what looks like such a name mistyped. */
export const isHidden = (
  name: string,
  args: Readonly<Record<string, unknown>>,
  schemas: Readonly<Record<string, unknown>>,
): boolean => {
  if (args['secret'] === true && !aboutThePlace.has(name)) return true
  const meant = Object.hasOwn(schemas, name) ? name : nearest(name, Object.keys(schemas))
  return meant !== undefined && isSecret(schemas[meant])
}
