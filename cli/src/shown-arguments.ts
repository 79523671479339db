import { isHidden } from '@prove/catalog'
import { isMap, withoutCredentials } from '@prove/core'

/** Arguments as they may be shown: what is secret is not, nor its hash, which tells a short one. */
export const shownArguments = (
  args: Readonly<Record<string, unknown>>,
  schemas: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, isHidden(name, args, schemas) ? 'secret' : shown(value)]),
  )

const shown = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutCredentials(value)
  if (Array.isArray(value)) return value.map(shown)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)]))
}
