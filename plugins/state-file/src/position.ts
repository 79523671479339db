import { blocked, type Blocked, z } from '@prove/core'
import type { Line } from './lines.js'
import { regex } from './regex.js'

/** Where something goes that is not there yet. */
export const positionArguments: {
  readonly after: z.ZodOptional<z.ZodString>
  readonly before: z.ZodOptional<z.ZodString>
  readonly at: z.ZodOptional<z.ZodEnum<{ beginning: 'beginning'; end: 'end' }>>
  readonly which: z.ZodOptional<z.ZodEnum<{ first: 'first'; last: 'last' }>>
} = {
  after: regex('Where it is not there yet, it goes after the line that this matches.').optional(),
  before: regex('Where it is not there yet, it goes before the line that this matches.').optional(),
  at: z
    .enum(['beginning', 'end'])
    .optional()
    .meta({ description: 'Where it is not there yet, it goes there; unless given, to the end.' }),
  which: z.enum(['first', 'last']).optional().meta({
    description: 'Of several lines that a regular expression matches, the one that is meant; unless given, the last.',
  }),
}

export interface Position {
  readonly after?: string | undefined
  readonly before?: string | undefined
  readonly at?: 'beginning' | 'end' | undefined
  readonly which?: 'first' | 'last' | undefined
}

/** The index of the line that is meant; below 0 when none matches. */
export const matching = (lines: readonly Line[], source: string, which: Position['which']): number => {
  const expression = new RegExp(source)
  const isMatch = ({ text }: Line): boolean => expression.test(text)
  return which === 'first' ? lines.findIndex(isMatch) : lines.findLastIndex(isMatch)
}

/** The index that something new goes before. A line to go by must be there: elsewhere it might mean something else. */
export const placeFor = (lines: readonly Line[], { after, before, at, which }: Position): number | Blocked => {
  const source = after ?? before
  if (source === undefined) return at === 'beginning' ? 0 : lines.length
  const found = matching(lines, source, which)
  if (found < 0) return blocked(`no line matches ${after === undefined ? 'before' : 'after'}: ${source}`)
  return after === undefined ? found : found + 1
}

/** What is wrong with a position. */
export const positionConflict = ({ after, before, at }: Position): string | undefined => {
  const given = Object.entries({ after, before, at }).flatMap(([name, value]) =>
    value === undefined ? [] : [`"${name}"`],
  )
  return given.length > 1 ? `${given.join(' and ')} exclude each other` : undefined
}
