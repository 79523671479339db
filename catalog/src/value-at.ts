import type { ValuePath } from '@prove/core'

/** What stands at a path of plain data; undefined where it leads nowhere. */
export const valueAt = (value: unknown, path: ValuePath): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], value)
