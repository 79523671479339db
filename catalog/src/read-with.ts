import type { z } from '@prove/core'

/** Values that a schema has read. */
const counts = new WeakMap<z.ZodType, number>()

/** From so many values on it pays to make code of a schema, as Zod does. */
const enough = 20

/** What a schema makes of a value. */
export const readWith = <S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> => {
  const count = counts.get(schema) ?? 0
  if (count >= enough) return schema.safeParse(value)
  counts.set(schema, count + 1)
  return schema.safeParse(value, { jitless: true })
}
