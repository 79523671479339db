import { z } from '@prove/core'

/** Negative where the first version is older, 0 where they are equal. */
export type Compare = (a: string, b: string) => number

/** One condition on a version. */
export interface Constraint {
  readonly operator: '=' | '<' | '<=' | '>' | '>='
  readonly version: string
}

const one = String.raw`(?:<=|>=|<|>|=)? *[0-9A-Za-z][0-9A-Za-z.+~^:_-]*\*?`
const pattern = `^ *${one}(?: *, *${one})* *$`

/** A version as an argument: `1.22.1-9`, `1.22.*`, `>=1.2`, `>=1.2, <2`. */
export const version = (about: string): z.ZodType<string, string> =>
  z
    .string('expected a text: write a version in quotes')
    .regex(new RegExp(pattern), 'expected a version such as "1.22.1-9", "1.22.*" or ">=1.2, <2"')
    .refine((text) => !/[<>][^,]*\*/.test(text), 'a star goes with no comparison but "="')
    .meta({
      description: about,
      pattern,
      patternErrorMessage: 'Expected a version such as "1.22.1-9", "1.22.*" or ">=1.2, <2".',
    })

/** The conditions that such a text stands for: all of them must hold. */
export const constraintsOf = (text: string): readonly Constraint[] =>
  text.split(',').map((part) => {
    const [, operator = '=', found = ''] = /^(<=|>=|<|>|=)? *(.*)$/.exec(part.trim()) ?? []
    return { operator: operator as Constraint['operator'], version: found }
  })

/** The one version that the text names; undefined where several may do. */
export const exactVersion = (text: string): string | undefined => {
  const [first, ...more] = constraintsOf(text)
  return first === undefined || more.length > 0 || first.operator !== '=' || first.version.endsWith('*')
    ? undefined
    : first.version
}

/** Whether a version fulfils the text. Without `compare` only equal texts, and stars, can be told: undefined for the rest. */
export const fulfils = (found: string, text: string, compare: Compare | undefined): boolean | undefined => {
  const told = constraintsOf(text).map((constraint) => holds(found, constraint, compare))
  return told.includes(false) ? false : told.includes(undefined) ? undefined : true
}

const holds = (found: string, { operator, version: wanted }: Constraint, compare: Compare | undefined) => {
  if (wanted.endsWith('*')) {
    // Of "1:1.22.1-9" people say "1.22.*".
    const start = wanted.slice(0, -1)
    return found.startsWith(start) || (!start.includes(':') && found.replace(/^\d+:/, '').startsWith(start))
  }
  if (compare === undefined) return operator === '=' ? found === wanted : undefined
  const difference = compare(found, wanted)
  switch (operator) {
    case '=':
      return difference === 0
    case '<':
      return difference < 0
    case '<=':
      return difference <= 0
    case '>':
      return difference > 0
    case '>=':
      return difference >= 0
  }
}
