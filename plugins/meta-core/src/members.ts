import { isMap, type Member, nestedState, type ValuePath, z } from '@prove/core'

const id = /^[\w@.+-]+$/

const name = z.string().regex(id, 'expected letters, digits, and any of "_ - . + @"')

const written = z.record(
  // For editors, which see no messages of code.
  name.meta({ patternErrorMessage: 'Ids hold letters, digits, and any of "_ - . + @".' }),
  nestedState('A state, written here.'),
)

/** States by id, names of states that are written elsewhere, or a list of both. */
export const members = (about: string): z.ZodType =>
  z
    .union([z.string().min(1), z.array(z.union([z.string().min(1), written])), written])
    .meta({ description: about, kind: 'states by id, a name, or a list of both' })

/** The members that such an argument names, in order. */
export const membersOf = (value: unknown, path: ValuePath): readonly Member[] => {
  if (typeof value === 'string') return [{ state: value, path }]
  if (Array.isArray(value)) return value.flatMap((item, i) => membersOf(item, [...path, i]))
  return isMap(value) ? Object.keys(value).map((key) => ({ suffix: `/${key}`, path: [...path, key] })) : []
}
